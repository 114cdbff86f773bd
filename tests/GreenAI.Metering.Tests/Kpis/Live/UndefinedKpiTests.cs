using GreenAI.Metering.Tests.Carbon;

namespace GreenAI.Metering.Tests;

/// <summary>What is not known is listed, with the reason that fits.</summary>
public sealed class UndefinedKpiTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Fact]
    public void L4_FreshMeter_EveryRowIsUndefinedWithItsReason()
    {
        using KpiRig rig = new();
        rig.Meter.Model("a");
        rig.Kpis.RecordTraining("a", new ModelTraining());
        rig.Meter.Engine.Tick();
        IReadOnlyList<KpiReading> rows = rig.Kpis.Read();
        foreach (KpiReading row in rows)
        {
            KpiGap expected = row.Value.Kpi switch
            {
                Kpi.CarbonPerInference or Kpi.MarginalCarbonPerInference or Kpi.EnergyPerInference or Kpi.WattsPerQuery => KpiGap.NoInference,
                Kpi.CarbonPerSuccess => KpiGap.NoSuccess,
                Kpi.EnergyPerUnit => KpiGap.NoUnits,
                Kpi.SoftwareCarbonIntensity => KpiGap.NoFunctionalUnit,
                Kpi.ModelEfficiencyRatio => KpiGap.NoAccuracy,
                Kpi.ModelEfficiencyRatioPerThousand => KpiGap.NoInference,
                Kpi.HardwareUtilization => KpiGap.NotRead,
                Kpi.SustainedHardwareUtilization => KpiGap.TooEarly,
                Kpi.EmbodiedRate => KpiGap.NoUtilization,
                Kpi.EmbodiedCarbon => KpiGap.None,
                Kpi.DataEfficiencyScore => KpiGap.NoData,
                Kpi.EnergyToSolution => KpiGap.NoAttempt,
                Kpi.RenewableMatching or Kpi.HourlyRenewableMatching => row.Value.Gap is KpiGap.NoRenewables or KpiGap.NoLoad ? row.Value.Gap : KpiGap.NoRenewables,
                _ => KpiGap.NoOutcome,
            };
            Assert.Equal((row.Value.Kpi, expected), (row.Value.Kpi, row.Value.Gap));
            Assert.Equal(expected == KpiGap.None, row.Value.Value is not null);
        }

        Kpi[] saidOfTheHost = [.. rows.Where(row => row.Model is null).Select(row => row.Value.Kpi).Distinct().Order()];
        Kpi[] nothingSaid =
        [
            Kpi.ModelEfficiencyRatio, Kpi.ModelEfficiencyRatioPerThousand, Kpi.EnergyToSolution, Kpi.DataEfficiencyScore, Kpi.ComputeHoursPerOutcome,
            Kpi.BusyComputeHoursPerOutcome,
        ];
        Assert.Equal(Enum.GetValues<Kpi>().Except(nothingSaid).Order(), saidOfTheHost);
    }

    [Fact]
    public void NoDevice_InferencesWithoutEnergy()
    {
        using MeterRig rig = new(KpiRig.Options());
        rig.Meter.Begin("a").Complete();
        rig.Run(1, 0);
        rig.Settle();
        foreach (string? model in (ReadOnlySpan<string?>)[null, "a"])
        {
            IReadOnlyList<KpiReading> rows = [.. rig.Meter.Kpis.Read().Where(row => row.Model == model && row.Asked == _hour)];
            Assert.All(rows, row => Assert.NotEqual(KpiGap.None, Energetic(row.Value.Kpi) ? row.Value.Gap : KpiGap.NoEnergy));
            Assert.Equal(MeasurementTier.Unavailable, rows.Single(row => row.Value.Kpi == Kpi.EnergyPerInference).Value.Tier);
        }

        Assert.All(Matching(), value => Assert.Equal(KpiGap.NoRenewables, value.Gap));
        DateTimeOffset now = rig.Time.GetUtcNow();
        rig.Meter.Kpis.RecordRenewable(Energy.FromJoules(100), now.AddSeconds(-1), now);
        Assert.All(Matching(), value => Assert.Equal((KpiGap.NoEnergy, 0.0), (value.Gap, value.Surplus)));
        Assert.All(Matching(), value => Assert.DoesNotContain("beyond the load", value.Explain(), StringComparison.Ordinal));

        KpiValue[] Matching() => [.. rig.Meter.Kpis.Read().Select(row => row.Value).Where(value => value.Kpi is Kpi.RenewableMatching or Kpi.HourlyRenewableMatching)];
        static bool Energetic(Kpi kpi) => kpi is not (Kpi.HardwareUtilization or Kpi.ComputeHoursPerOutcome or Kpi.BusyComputeHoursPerOutcome);
    }

    [Theory]
    [InlineData(null, 1.2, CarbonGap.NotConfigured)]
    [InlineData(400.0, null, CarbonGap.NoPue)]
    public void NoFactor_CarbonIsUndefinedAndWhy_JoulesGoOn(double? intensity, double? pue, CarbonGap gap)
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        (options.Carbon.GramsPerKilowattHour, options.Carbon.Pue) = (intensity, pue);
        if (intensity is null) options.Carbon.Source = null;
        using KpiRig rig = new(options);
        rig.Serve(5);
        foreach (string? model in (ReadOnlySpan<string?>)[null, "a"])
        {
            foreach (Kpi kpi in (ReadOnlySpan<Kpi>)[Kpi.CarbonPerInference, Kpi.CarbonPerSuccess, Kpi.MarginalCarbonPerInference, Kpi.SoftwareCarbonIntensity])
            {
                KpiValue value = rig.Value(kpi, model, _hour);
                Assert.Equal((kpi, KpiGap.NoCarbonFactor, gap), (value.Kpi, value.Gap, value.CarbonGap));
            }

            Assert.Equal(KpiGap.None, rig.Value(Kpi.EnergyPerInference, model, _hour).Gap);
        }
    }

    [Fact]
    public void NoEmbodied_CpiAndSciAreUndefined_MarginalIsNot()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Carbon.Embodied.Clear();
        using KpiRig rig = new(options);
        rig.Serve(5);
        foreach (Kpi kpi in (ReadOnlySpan<Kpi>)[Kpi.CarbonPerInference, Kpi.CarbonPerSuccess, Kpi.SoftwareCarbonIntensity, Kpi.EmbodiedCarbon, Kpi.EmbodiedRate])
            Assert.Equal((kpi, KpiGap.NoEmbodied), (kpi, rig.Value(kpi, null, _hour).Gap));
        Assert.Equal(KpiGap.None, rig.Value(Kpi.MarginalCarbonPerInference, null, _hour).Gap);
    }

    [Theory]
    [InlineData(90, KpiGap.PartialCarbon)]
    [InlineData(96, KpiGap.None)]
    public void SomeEnergyWithoutAFactor_IsPartialBelow95Percent(int seconds, KpiGap expected)
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        (options.Carbon.GramsPerKilowattHour, options.Carbon.Source, options.Carbon.HoldFor) = (null, null, TimeSpan.Zero);
        using KpiRig rig = new(options, new ScriptedCarbonProvider("test", _ => throw new InvalidOperationException("Nobody asks: the meter is not started.")));
        DateTimeOffset start = rig.Rig.Time.GetUtcNow();
        CarbonFactor factor = ScriptedCarbonProvider.Hour(start).Factors[0] with { ValidTo = start.AddSeconds(seconds) };
        rig.Meter.Engine.Account.Timeline!.Add([factor], start);
        rig.Serve(100);
        foreach (string? model in (ReadOnlySpan<string?>)[null, "a"])
        {
            KpiValue value = rig.Value(Kpi.CarbonPerInference, model, _hour);
            Assert.Equal(expected, value.Gap);
            Assert.NotEqual(CarbonGap.None, value.CarbonGap);
        }

        Assert.Equal(seconds / 100.0, rig.Rig.Settle().Carbon.PricedShare, 1e-3);
    }

    [Theory]
    [InlineData(CarbonMethod.LocationBased, KpiGap.None, CarbonGap.None)]
    [InlineData(CarbonMethod.Consequential, KpiGap.None, CarbonGap.None)]
    [InlineData(CarbonMethod.MarketBased, KpiGap.NoCarbonFactor, CarbonGap.WrongKind)]
    public void Sci_OfAMarketBasedAccount_IsUndefined_CpiIsNot(CarbonMethod method, KpiGap gap, CarbonGap carbonGap)
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Carbon.Method = method;
        using KpiRig rig = new(options);
        rig.Serve(5);
        foreach (string? model in (ReadOnlySpan<string?>)[null, "a"])
        {
            KpiValue sci = rig.Value(Kpi.SoftwareCarbonIntensity, model, _hour), cpi = rig.Value(Kpi.CarbonPerInference, model, _hour);
            Assert.Equal((gap, carbonGap), (sci.Gap, sci.CarbonGap));
            Assert.Equal((KpiGap.None, CarbonGap.None), (cpi.Gap, cpi.CarbonGap));
            // What was bought does not even show in the part that is known.
            Assert.Equal(gap == KpiGap.None ? cpi.Numerator : rig.Value(Kpi.EmbodiedCarbon, model, _hour).Numerator, sci.Numerator);
        }
    }

    [Fact]
    public async Task NoPue_RenewablesAreUndefinedAndWhy_InTextAndReport()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Carbon.Pue = null;
        using KpiRig rig = new(options);
        rig.Serve(5);
        DateTimeOffset now = rig.Rig.Time.GetUtcNow();
        rig.Kpis.RecordRenewable(Energy.FromJoules(100), now.AddSeconds(-5), now);
        EfficiencyReport report = await rig.Meter.ReportAsync(cancellationToken: TestContext.Current.CancellationToken);
        EfficiencyReport read = EfficiencyReport.FromJson(report.ToJson());
        Assert.Equal(report, read);
        foreach (Kpi kpi in (ReadOnlySpan<Kpi>)[Kpi.RenewableMatching, Kpi.HourlyRenewableMatching])
        {
            KpiValue value = rig.Value(kpi, null, null);
            Assert.Equal((KpiGap.NoPue, null), (value.Gap, value.Value));
            Assert.Contains("the data centre's overhead (PUE) is not stated", value.Explain(), StringComparison.Ordinal);
            ReportKpi row = read.Kpis.Single(each => each.Kpi == kpi);
            Assert.Equal((KpiGap.NoPue, null, KpiText.ReasonOf(value)), (row.Gap, row.Value, row.Reason));
        }

        Assert.Equal(2, report.ToJson().Split("\"gap\": \"noPue\"").Length - 1);
    }

    [Fact]
    public void NoLoad_RenewablesAreUndefined_WithTheReasonThatFits()
    {
        using KpiRig rig = new();
        rig.Rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Meter.Engine.Tick();
        DateTimeOffset now = rig.Rig.Time.GetUtcNow();
        rig.Kpis.RecordRenewable(Energy.FromJoules(100), now.AddSeconds(-10), now);
        foreach (Kpi kpi in (ReadOnlySpan<Kpi>)[Kpi.RenewableMatching, Kpi.HourlyRenewableMatching])
        {
            KpiValue value = rig.Value(kpi, null, null);
            Assert.Equal(KpiGap.NoLoad, value.Gap);
            Assert.EndsWith("undefined, because there was no load in the period.", value.Explain(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatTheApplicationSaysNothingOf_HasNoRow_UntilItDoes()
    {
        using KpiRig rig = new();
        EnergyWindow window = rig.Meter.StartWindow("training");
        rig.Serve(2);
        EnergyReading reading = await window.StopAsync();
        Kpi[] solution = [Kpi.EnergyToSolution];
        Kpi[] training = [Kpi.ModelEfficiencyRatio, Kpi.ModelEfficiencyRatioPerThousand, Kpi.DataEfficiencyScore];
        Assert.Equal([], Said(null, "a", "b"));
        rig.Kpis.RecordTraining("a", new ModelTraining());
        Assert.Equal([], Said(null, "b"));
        Assert.Equal(training, Said("a"));
        rig.Kpis.RecordAttempt("b", reading, reached: false);
        Assert.Equal([], Said([null]));
        Assert.Equal(training, Said("a"));
        Assert.Equal(solution, Said("b"));

        Kpi[] Said(params string?[] models) =>
            [.. rig.Kpis.Read().Where(row => models.Contains(row.Model)).Select(row => row.Value.Kpi).Distinct().Where(kpi => training.Concat(solution).Contains(kpi)).Order()];
    }
}
