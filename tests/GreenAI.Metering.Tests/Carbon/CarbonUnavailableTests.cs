using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Grams that are not known are absent with a reason, never 0 and never guessed; PUE and water.</summary>
public sealed class CarbonUnavailableTests
{
    [Fact]
    public void L1_UnknownLocation_CarbonIsUndefinedWithAReason_EnergyIsKept_AndNobodyIsAsked()
    {
        using MeterRig rig = new(CarbonRigs.LiveOnly(), CarbonRigs.Plain());
        using InstrumentProbe probe = new(rig.Meters);
        rig.Meter.Begin("m").Complete();
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(3600, 100);
        Assert.Null(scope.Complete().MarginalEmissions);
        EnergyTotals totals = rig.Settle();
        Assert.Equal(360_000, totals.Total.Joules, 1e-6);
        CarbonTotals carbon = totals.Carbon;
        Assert.Null(carbon.Operational);
        Assert.Null(carbon.OperationalIdle);
        Assert.Null(carbon.OperationalUnattributed);
        Assert.Null(carbon.OperationalOther);
        Assert.All(carbon.Models, model => Assert.Equal((null, null), (model.Operational, model.OperationalWithIdle)));
        Assert.Equal(CarbonGap.NotConfigured, carbon.Gap);
        Assert.Equal(
            "No grid carbon intensity is configured: set Carbon:Zone, Carbon:CloudRegion or Carbon:GramsPerKilowattHour, or add a provider. Nothing is guessed.",
            carbon.Reason);
        Assert.Equal((0, 0), (carbon.PricedShare, carbon.FallbackShare));
        Assert.Null(carbon.CurrentFactor);
        Assert.Empty(carbon.Factors);
        Assert.DoesNotContain(probe.Collect(), row => row.Name == InstrumentNames.Emissions);
        Assert.Contains(rig.Logs.Lines, line => line.Contains("Emissions are unavailable: No grid carbon intensity is configured", StringComparison.Ordinal));
        Assert.All(rig.Finish(), final => Assert.Equal((null, null, null), (final.MarginalEmissions, final.EmissionsWithIdle, final.MarginalGramsCO2e)));
        // No network call: there is nothing that asks, and nothing in this package that could.
        Assert.Null(rig.Meter.Engine.Account.Feed);
        Assert.DoesNotContain(typeof(EnergyMeter).Assembly.GetReferencedAssemblies(), reference =>
            reference.Name!.StartsWith("System.Net", StringComparison.Ordinal));
    }

    [Fact]
    public void L8_WorkOfOtherProcesses_IsApart_AndOnNoModel()
    {
        using MeterRig rig = new(CarbonRigs.Constant(), FakePowerSource.Cpu(idle: Power.FromWatts(10)));
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(3600, 50, ownProcessors: 1, foreignProcessors: 3);
        scope.Complete();
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(0.01 * 400, carbon.OperationalIdle!.Value.GramsCO2e, 1e-6);
        Assert.Equal(0.04 * 400 * 3 / 4, carbon.OperationalOther!.Value.GramsCO2e, 1e-5);
        Assert.Equal(0.04 * 400 / 4, carbon.Model("m")!.Operational!.Value.GramsCO2e, 1e-5);
        Assert.Equal(carbon.Model("m")!.Operational!.Value.GramsCO2e + 4, carbon.Model("m")!.OperationalWithIdle!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public async Task L9_MarginalFactorInALocationBasedAccount_IsRefusedAtStart()
    {
        var marginal = new ScriptedCarbonProvider("watttime", _ => CarbonRigs.Down) { Kind = ScriptedCarbonProvider.DefaultKind with { Signal = CarbonSignal.Marginal } };
        const string message = "The grid carbon intensity 'watttime' cannot be used. A location-based account cannot take a factor that is "
            + "'marginal, location, lifecycle': marginal factors are forbidden there (GHG Protocol Scope 2 Guidance, 2015, p. 53). "
            + "Use a provider of average factors, or set Carbon:Method to Consequential and keep the figure out of inventories.";
        ArgumentException refused = Assert.Throws<ArgumentException>("options", () => new MeterRig(CarbonRigs.LiveOnly(), marginal, CarbonRigs.Plain()));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        ArgumentException host = await MeteringHost.RefusedAsync<ArgumentException>(
            (services, section) =>
            {
                services.AddSingleton<ICarbonIntensityProvider>(marginal);
                services.AddGreenAIMetering(section);
            },
            "GreenAI",
            ("Carbon:Pue", "1"));
        Assert.StartsWith(message, host.Message, StringComparison.Ordinal);
        Assert.Equal(0, marginal.Asked);
        GreenAIMeteringOptions consequential = CarbonRigs.LiveOnly();
        consequential.Carbon.Method = CarbonMethod.Consequential;
        using MeterRig rig = new(consequential, marginal, CarbonRigs.Plain());
        Assert.Equal(CarbonMethod.Consequential, rig.Settle().Carbon.Method);
    }

    [Fact]
    public void RefusedProvider_LeavesNothingBehind()
    {
        string trace = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var marginal = new ScriptedCarbonProvider("watttime", _ => CarbonRigs.Down) { Kind = ScriptedCarbonProvider.DefaultKind with { Signal = CarbonSignal.Marginal } };
        Assert.Throws<ArgumentException>(() => new EnergyMeter(
            new GreenAIMeteringOptions { TraceFile = trace }, new MeterEnvironment { CarbonIntensity = [marginal], Sources = [] }));
        Assert.False(File.Exists(trace), "No trace was begun.");
    }

    [Fact]
    public void NoPue_EmissionsAreUnavailable_AndNobodyIsAsked()
    {
        ScriptedCarbonProvider provider = CarbonRigs.Provider(() => CarbonRigs.Down);
        GreenAIMeteringOptions options = new() { Carbon = new CarbonOptions { Zone = "DE" } };
        using MeterRig rig = new(options, provider, CarbonRigs.Plain());
        rig.Run(3600, 100);
        EnergyTotals totals = rig.Settle();
        Assert.Null(totals.Carbon.Operational);
        Assert.Equal(
            (CarbonGap.NoPue, "The PUE of the site is not stated: set Carbon:Pue (1 for a machine outside a data centre)."), (totals.Carbon.Gap, totals.Carbon.Reason));
        Assert.Equal(360_000, totals.Total.Joules, 1e-6);
        Assert.Null(rig.Meter.Engine.Account.Feed);
        Assert.Equal(0, provider.Asked);
    }

    [Theory]
    [InlineData(1.0, 40)]
    [InlineData(1.2, 48)]
    public void StatedPue_IsInTheGrams(double pue, double grams)
    {
        using MeterRig rig = new(CarbonRigs.Constant(400, pue), CarbonRigs.Plain());
        rig.Run(3600, 100);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(grams, carbon.Operational!.Value.GramsCO2e, 1e-6);
        Assert.Equal(pue, carbon.Pue);
        Assert.Null(carbon.WaterLitres);
        Assert.Null(carbon.WueLitresPerKilowattHour);
    }

    [Fact]
    public void CloudRegion_BringsItsPueAndWater_UnlessTheyAreStated()
    {
        CloudRegion region = CloudRegion.All.First(region => region.WueLitresPerKilowattHour > 0);
        double grams = YearlyCarbonIntensity.ForCloudRegion(region.Id).Factor.Intensity.GramsPerKilowattHour;
        using MeterRig rig = new(new GreenAIMeteringOptions { Carbon = new CarbonOptions { CloudRegion = region.Id } }, CarbonRigs.Plain());
        rig.Run(3600, 1000);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(region.Pue, carbon.Pue);
        Assert.Equal(grams * region.Pue, carbon.Operational!.Value.GramsCO2e, 1e-5);
        Assert.Equal(region.WueLitresPerKilowattHour!.Value, carbon.WaterLitres!.Value, 1e-9);
        using MeterRig stated = new(
            new GreenAIMeteringOptions { Carbon = new CarbonOptions { CloudRegion = region.Id, Pue = 2, WueLitresPerKilowattHour = 0.5 } }, CarbonRigs.Plain());
        stated.Run(3600, 1000);
        Assert.Equal(grams * 2, stated.Settle().Carbon.Operational!.Value.GramsCO2e, 1e-5);
        Assert.Equal(0.5, stated.Settle().Carbon.WaterLitres!.Value, 1e-9);
    }

    [Fact]
    public void Zone_BehindNoProvider_PricesFromTheFirstJouleOn_WithoutAsking()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { Carbon = new CarbonOptions { Zone = "SWE", Pue = 1 } }, CarbonRigs.Plain());
        rig.Run(3600, 1000);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(YearlyCarbonIntensity.ForCountry("SE").Factor.Intensity.GramsPerKilowattHour, carbon.Operational!.Value.GramsCO2e, 1e-5);
        Assert.Equal((1, 0, "SE"), (carbon.PricedShare, carbon.FallbackShare, carbon.CurrentFactor!.Zone));
    }
}
