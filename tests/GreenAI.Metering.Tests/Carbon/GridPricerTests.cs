using CsCheck;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>The factors that are remembered price as if they had been looked up.</summary>
public sealed class GridPricerTests
{
    private const double Pue = 1.5;

    private static readonly DateTimeOffset _noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void DevicesThatCloseLate_AroundABorder_GetEachTheFactorOfItsTime()
    {
        var timeline = new FactorTimeline(TimeSpan.Zero);
        timeline.Add([CarbonRigs.Factor(100, _noon.AddHours(-1), _noon), CarbonRigs.Factor(700, _noon, _noon.AddHours(1))], _noon);
        var pricer = new GridPricer(timeline, Pue);
        var uses = new FactorUses(Pue, new FactorQuality());
        const long kilowattHour = GridPrice.MicrojoulesPerKilowattHour;
        // Of each pair, one device closes at once and the other late.
        for (int minute = 1; minute <= 5; minute++)
        {
            Assert.Equal(700_000_000 * Pue, Price(_noon.AddMinutes(minute - 1), _noon.AddMinutes(minute)));
            Assert.Equal(100_000_000 * Pue, Price(_noon.AddMinutes(minute - 10), _noon.AddMinutes(minute - 9)));
        }

        // The border lies in the middle.
        Assert.Equal(400_000_000 * Pue, Price(_noon.AddMinutes(-10), _noon.AddMinutes(10)));
        IReadOnlyList<FactorUse> rows = uses.ToList();
        Assert.Equal(
            [(700, 5.5 * 700 * Pue, 5.5), (100, 5.5 * 100 * Pue, 5.5)],
            rows.Select(row => (row.Factor.Intensity.GramsPerKilowattHour, row.Operational.GramsCO2e, row.Energy.KilowattHours)));

        double Price(DateTimeOffset from, DateTimeOffset until) => pricer.Over(from, until, uses, kilowattHour).MicrogramsPerKilowattHour;
    }

    [Fact]
    public void AnyStretchesInAnyOrder_AsAPricerThatRemembersNothing() => Gen.Select(
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 30], Gen.Int[0, 1000], Gen.Int[0, 1]).Array[8], Gen.Select(Gen.Int[0, 45], Gen.Int[0, 5], Gen.Int[0, 2]).Array[1, 20]).Sample((factors, stretches) =>
        {
            var timeline = new FactorTimeline(TimeSpan.FromMinutes(5));
            var pricer = new GridPricer(timeline, Pue);
            var untold = new Queue<(int From, int Length, int Grams, int Rank)>(factors);
            foreach ((int from, int length, int tell) in stretches)
            {
                // Providers answer between two closes.
                if (tell == 0 && untold.TryDequeue(out (int From, int Length, int Grams, int Rank) told)) timeline.Add([Factor(told)], _noon);
                GridPrice expected = new GridPricer(timeline, Pue).Over(_noon.AddMinutes(from), _noon.AddMinutes(from + length));
                Assert.Equal(expected, pricer.Over(_noon.AddMinutes(from), _noon.AddMinutes(from + length)));
            }
        }, iter: 2000);

    private static CarbonFactor Factor((int From, int Length, int Grams, int Rank) factor) =>
        CarbonRigs.Factor(factor.Grams, _noon.AddMinutes(factor.From), _noon.AddMinutes(factor.From + factor.Length)) with { FallbackRank = factor.Rank };
}
