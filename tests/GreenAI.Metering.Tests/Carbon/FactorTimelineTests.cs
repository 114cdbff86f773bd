using CsCheck;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Which factor applies when, and the rows of its uses.</summary>
public sealed class FactorTimelineTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ManyFactors_NeverPushTheFallbackOut()
    {
        var timeline = new FactorTimeline(TimeSpan.Zero);
        timeline.Add([CarbonRigs.Factor(700, DateTimeOffset.MinValue, DateTimeOffset.MaxValue) with { FallbackRank = 1 }], _now);
        // A forecast of 72 hours by 5 minutes, in any order.
        timeline.Add([.. Enumerable.Range(0, 864).Reverse().Select(i => CarbonRigs.Factor(i, _now.AddMinutes(5 * i), _now.AddMinutes(5 * (i + 1))))], _now);
        Assert.Equal(FactorTimeline.Capacity, timeline.Factors.Length);
        Assert.Equal(0, timeline.At(timeline.Factors, _now).Factor!.Intensity.GramsPerKilowattHour);
        Assert.Equal(500, timeline.At(timeline.Factors, _now.AddMinutes(2502)).Factor!.Intensity.GramsPerKilowattHour);
        Assert.Equal(1, timeline.At(timeline.Factors, _now.AddDays(9)).Factor!.FallbackRank);
    }

    [Fact]
    public void OldFactors_AreForgotten_AndTheSameAnswerIsNoChange()
    {
        var timeline = new FactorTimeline(TimeSpan.FromMinutes(15));
        for (int hour = 0; hour < 1000; hour++)
        {
            DateTimeOffset now = _now.AddHours(hour);
            timeline.Add([CarbonRigs.Factor(hour, now, now.AddHours(1)) with { RetrievedAt = now }], now);
            CarbonFactor[] before = timeline.Factors;
            timeline.Add([CarbonRigs.Factor(hour, now, now.AddHours(1)) with { RetrievedAt = now.AddMinutes(5) }], now.AddMinutes(5));
            Assert.Same(before, timeline.Factors);
            Assert.InRange(timeline.Factors.Length, 1, 26);
        }
    }

    [Fact]
    public void FactorThatEndsBeforeItBegins_AppliesNever_NotEvenHeld()
    {
        var timeline = new FactorTimeline(TimeSpan.FromDays(1));
        timeline.Add([CarbonRigs.Factor(1, _now, _now.AddHours(-1)), CarbonRigs.Factor(2, _now, _now)], _now);
        Assert.Null(timeline.At(timeline.Factors, _now).Factor);
        Assert.Null(timeline.At(timeline.Factors, _now.AddMinutes(1)).Factor);
    }

    [Fact]
    public void At_AnyFactors_TheSpanHoldsWhatItSays() => Gen.Select(
        Gen.Select(Gen.Int[-200, 200], Gen.Int[-20, 100], Gen.Int[0, 2]).Array[0, 30].List[0, 4], Gen.Int[0, 60], Gen.Int[-300, 300]).Sample((answers, hold, minute) =>
        {
            var timeline = new FactorTimeline(TimeSpan.FromMinutes(hold));
            foreach ((int from, int length, int rank)[] answer in answers)
            {
                timeline.Add(
                    [.. answer.Select((f, i) => CarbonRigs.Factor(i, _now.AddMinutes(f.from), _now.AddMinutes(f.from + f.length)) with { FallbackRank = f.rank })], _now);
            }

            DateTimeOffset time = _now.AddMinutes(minute);
            FactorSpan span = timeline.At(timeline.Factors, time);
            Assert.True(span.Since <= time && time < span.Until, "The moment lies in the span.");
            foreach (DateTimeOffset other in (DateTimeOffset[])[Clamp(span.Since), Clamp(span.Until.AddTicks(span.Until == DateTimeOffset.MaxValue ? 0 : -1)), time.AddSeconds(1)])
            {
                if (other < span.Since || other >= span.Until) continue;
                Assert.Same(span.Factor, timeline.At(timeline.Factors, other).Factor);
                Assert.Equal(span.IsHeld, timeline.At(timeline.Factors, other).IsHeld);
            }

            if (span.Factor is { } factor)
            {
                Assert.Equal(!factor.IsValidAt(time), span.IsHeld);
                Assert.True(time < factor.ValidTo.AddMinutes(hold), "Held no longer than is allowed.");
                Assert.DoesNotContain(timeline.Factors, better => better.FallbackRank < factor.FallbackRank && better.IsValidAt(time));
            }
            else
            {
                Assert.DoesNotContain(timeline.Factors, any => any.IsValidAt(time));
            }
        });

    [Fact]
    public void Pricer_AnyStretchAndEnergy_NotesWhatItPrices() => Gen.Select(
        Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 30], Gen.Int[0, 1]).Array[0, 40], Gen.Int[0, 60_000], Gen.Int[0, 60_000], Gen.Long[0, 1L << 50]).Sample((factors, from, length, energy) =>
        {
            var timeline = new FactorTimeline(TimeSpan.Zero);
            timeline.Add([.. factors.Select((f, i) => CarbonRigs.Factor(f.Item1, _now.AddMinutes(i * 20), _now.AddMinutes((i * 20) + f.Item2)) with { FallbackRank = f.Item3 })], _now);
            var uses = new FactorUses(1, new FactorQuality());
            var pricer = new GridPricer(timeline, 1);
            GridPrice price = pricer.Over(_now.AddSeconds(from), _now.AddSeconds(from + length), uses, energy);
            Assert.Equal(price, pricer.Over(_now.AddSeconds(from), _now.AddSeconds(from + length)));
            IReadOnlyList<FactorUse> rows = uses.ToList();
            Assert.All(rows, row => Assert.True(row.Energy >= Energy.Zero && row.Operational >= CarbonMass.Zero && row.From <= row.To));
            Assert.Equal(GridPrice.Micrograms((Int128)energy * price.MicrogramsPerKilowattHour), (double)rows.Sum(row => row.Operational.Micrograms), rows.Count + 1.0);
            Assert.Equal(energy * price.PricedShare, rows.Sum(row => row.Energy.Microjoules), 2.0 + rows.Count + (energy * 1e-12));
            Assert.Equal(energy * price.FallbackShare, rows.Where(row => row.Factor.FallbackRank > 0).Sum(row => row.Energy.Microjoules), 2.0 + rows.Count + (energy * 1e-12));
            Assert.True(price.FallbackShare <= price.PricedShare + 1e-12, "The fallback is priced.");
        });

    [Fact]
    public void Uses_BeyondTheirRoom_AreCombined_AndNothingIsLost()
    {
        var timeline = new FactorTimeline(TimeSpan.Zero);
        var uses = new FactorUses(2, new FactorQuality());
        var pricer = new GridPricer(timeline, 2);
        double micrograms = 0;
        for (int hour = 0; hour < 5000; hour++)
        {
            DateTimeOffset now = _now.AddHours(hour);
            timeline.Add([CarbonRigs.Factor(hour % 700, now, now.AddHours(1)) with { FallbackRank = hour % 10 == 0 ? 1 : 0 }], now);
            pricer.Over(now, now.AddHours(1), uses, 3_600_000_000);
            micrograms += 1e-3 * (hour % 700) * 2e6;
        }

        IReadOnlyList<FactorUse> rows = uses.ToList();
        Assert.Equal(96, rows.Count);
        Assert.Equal(5000 * 3_600_000_000L, rows.Sum(row => row.Energy.Microjoules));
        Assert.Equal(micrograms, rows.Sum(row => row.Operational.Micrograms), 97.0);
        Assert.Equal(500, rows.Where(row => row.Factor.FallbackRank == 1).Sum(row => row.Energy.KilowattHours) * 1000, 1e-6);
        FactorUse[] combined = [.. rows.Where(row => row.IsCombined)];
        Assert.Equal(2, combined.Length);
        Assert.All(combined, row => Assert.Equal(row.Operational.GramsCO2e / row.Energy.KilowattHours / 2, row.Factor.Intensity.GramsPerKilowattHour, 1e-3));
    }

    private static DateTimeOffset Clamp(DateTimeOffset time) => time < _now.AddYears(-1) ? _now.AddYears(-1) : time;
}
