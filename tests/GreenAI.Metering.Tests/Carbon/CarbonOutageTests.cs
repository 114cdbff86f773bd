namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Providers that fail, in the middle of the day and in any other way.</summary>
public sealed class CarbonOutageTests
{
    [Fact]
    public void Outage_UsesTheStatedFallback_MarksItsHours_AndLosesNoJoule()
    {
        GreenAIMeteringOptions options = CarbonRigs.LiveOnly();
        options.Carbon.Zone = "DE";
        double fallback = YearlyCarbonIntensity.ForCountry("DE").Factor.Intensity.GramsPerKilowattHour;
        DateTimeOffset now = default;
        bool down = false;
        using MeterRig rig = new(options, CarbonRigs.Provider(() => down ? CarbonRigs.Down : ScriptedCarbonProvider.Hour(now.AddMinutes(-now.Minute), 100)), CarbonRigs.Plain());
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            now = rig.Time.GetUtcNow();
            down = minute is >= 10 * 60 and < 14 * 60;
            if (minute % 5 == 0) rig.AskCarbon();
            rig.Run(60, 100);
            rig.Meter.Engine.CloseNow(closeStandstill: true);
        }

        EnergyTotals totals = rig.Settle();
        Assert.Equal(100 * 86400, totals.Total.Joules, 1e-3);
        // 10:00 to 10:15 the last word is held; to 14:00 the fallback applies.
        Assert.Equal(0.1 * ((20.25 * 100) + (3.75 * fallback)), totals.Carbon.Operational!.Value.GramsCO2e, 1e-4);
        Assert.Equal(1, totals.Carbon.PricedShare);
        Assert.Equal(3.75 / 24, totals.Carbon.FallbackShare, 1e-9);
        Assert.Equal(CarbonGap.None, totals.Carbon.Gap);
        FactorUse held = Assert.Single(totals.Carbon.Factors, use => use.IsHeld);
        Assert.Equal((10, 0, 10, 15, 0), (held.From.Hour, held.From.Minute, held.To.Hour, held.To.Minute, held.Factor.FallbackRank));
        FactorUse other = Assert.Single(totals.Carbon.Factors, use => use.Factor.FallbackRank > 0);
        Assert.Equal((10, 15, 14, 0), (other.From.Hour, other.From.Minute, other.To.Hour, other.To.Minute));
        Assert.Contains("Ember", other.Factor.Source, StringComparison.Ordinal);
        Assert.Equal(totals.Total.Microjoules, totals.Carbon.Factors.Sum(use => use.Energy.Microjoules));
        // L2: a silent change of the source is none: both ways are told.
        Assert.Contains(rig.Logs.Lines, line => line.Contains("come from yearly. Passed over: live: ", StringComparison.Ordinal));
        Assert.Equal(2, rig.Logs.Lines.Count(line => line.Contains("come from live", StringComparison.Ordinal)));
    }

    [Fact]
    public void Outage_WithoutFallback_EmissionsStop_JoulesGoOn_AndItComesBack()
    {
        DateTimeOffset now = default;
        bool down = false;
        GreenAIMeteringOptions options = CarbonRigs.LiveOnly();
        options.Carbon.HoldFor = TimeSpan.Zero;
        using MeterRig rig = new(options, CarbonRigs.Provider(() => down ? CarbonRigs.Down : ScriptedCarbonProvider.Hour(now, 100)), CarbonRigs.Plain());
        CarbonTotals none = rig.Settle().Carbon;
        Assert.Equal((CarbonGap.Pending, null), (none.Gap, none.Operational));
        CarbonTotals half = Hour();
        Assert.Equal((CarbonGap.None, null, 100), (half.Gap, half.Reason, half.CurrentFactor!.Intensity.GramsPerKilowattHour));
        CarbonTotals first = rig.Settle().Carbon;
        Assert.Equal((10, 1), (first.Operational!.Value.GramsCO2e, first.PricedShare));
        // At the very end of the hour, before anybody was asked again.
        Assert.Equal((CarbonGap.Stale, "The last grid carbon intensity has ended, and no newer one has come yet."), (first.Gap, first.Reason));
        down = true;
        Hour();
        EnergyTotals without = rig.Settle();
        Assert.Equal(720_000, without.Total.Joules, 1e-6);
        Assert.Equal(10, without.Carbon.Operational!.Value.GramsCO2e);
        Assert.Equal(0.5, without.Carbon.PricedShare);
        Assert.Equal(CarbonGap.Unreachable, without.Carbon.Gap);
        Assert.Contains("The grid's server is down.", without.Carbon.Reason, StringComparison.Ordinal);
        Assert.Null(without.Carbon.CurrentFactor);
        down = false;
        CarbonTotals soon = Hour();
        Assert.Equal((CarbonGap.None, null, 15), (soon.Gap, soon.Reason, soon.Operational!.Value.GramsCO2e));
        CarbonTotals back = rig.Settle().Carbon;
        Assert.Equal(20, back.Operational!.Value.GramsCO2e);
        Assert.Equal(2.0 / 3, back.PricedShare, 1e-9);
        Assert.Equal(0, back.FallbackShare);

        CarbonTotals Hour()
        {
            now = rig.Time.GetUtcNow();
            rig.AskCarbon();
            CarbonTotals half = null!;
            for (int minute = 0; minute < 60; minute++)
            {
                rig.Run(60, 100);
                rig.Meter.Engine.CloseNow(closeStandstill: true);
                if (minute == 29) half = rig.Meter.GetTotals().Carbon;
            }

            return half;
        }
    }

    [Fact]
    public void OneInterval_PartlyOnTheFallback_CountsItsPartOnly()
    {
        DateTimeOffset now = default;
        GreenAIMeteringOptions options = CarbonRigs.Constant(700);
        options.Carbon.HoldFor = TimeSpan.Zero;
        using MeterRig rig = new(options, CarbonRigs.Provider(() => ScriptedCarbonProvider.Hour(now, 100)), CarbonRigs.Plain());
        now = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Run(4 * 3600, 100);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(0.75, carbon.FallbackShare, 1e-9);
        Assert.Equal(0.1 * (100 + (3 * 700)), carbon.Operational!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public void AnswersForThePast_ChangeNothingThatIsBooked()
    {
        DateTimeOffset start = default;
        double grams = 100;
        using MeterRig rig = new(CarbonRigs.LiveOnly(), CarbonRigs.Provider(() => ScriptedCarbonProvider.Hour(start, grams)), CarbonRigs.Plain());
        start = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Run(1800, 100);
        rig.Settle();
        grams = 900;
        rig.AskCarbon();
        Assert.Equal(5, rig.Settle().Carbon.Operational!.Value.GramsCO2e);
        rig.Run(900, 100);
        Assert.Equal(5 + (0.025 * 900), rig.Settle().Carbon.Operational!.Value.GramsCO2e, 1e-6);
    }

    public static TheoryData<string> BadProviders => ["throws", "null", "empty", "wrong kind", "never answers", "is cancelled"];

    [Theory]
    [MemberData(nameof(BadProviders))]
    public async Task BadProvider_HurtsNeitherCloseNorDispose_AndTheFallbackPrices(string what)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var provider = new BadProvider(what, asked);
        GreenAIMeteringOptions options = CarbonRigs.Constant(700);
        using MeterRig rig = new(options, provider, CarbonRigs.Plain());
        rig.Meter.Start();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        rig.Run(3600, 100);
        EnergyTotals totals = await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(70, totals.Carbon.Operational!.Value.GramsCO2e, 1e-6);
        Assert.Equal(1, totals.Carbon.FallbackShare);
        await rig.Meter.DisposeAsync().AsTask().WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(360_000, rig.Meter.GetTotals().Total.Joules, 1e-6);
    }

    private sealed class BadProvider(string what, TaskCompletionSource asked) : ICarbonIntensityProvider
    {
        public string Name => "bad";

        public CarbonKind Kind => ScriptedCarbonProvider.DefaultKind;

        public ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            CarbonFactor factor = CarbonRigs.Factor(100, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            return what switch
            {
                "throws" => throw new InvalidOperationException("no"),
                "null" => new ValueTask<CarbonIntensityAnswer>((CarbonIntensityAnswer)null!),
                "empty" => new ValueTask<CarbonIntensityAnswer>(CarbonIntensityAnswer.Of([null!])),
                "wrong kind" => new ValueTask<CarbonIntensityAnswer>(CarbonIntensityAnswer.Of(factor with { Kind = factor.Kind with { Signal = CarbonSignal.Marginal } })),
                "is cancelled" => ValueTask.FromCanceled<CarbonIntensityAnswer>(new CancellationToken(canceled: true)),
                _ => new ValueTask<CarbonIntensityAnswer>(new TaskCompletionSource<CarbonIntensityAnswer>().Task),
            };
        }
    }
}
