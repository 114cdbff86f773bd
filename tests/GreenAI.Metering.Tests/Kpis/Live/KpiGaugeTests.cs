namespace GreenAI.Metering.Tests;

public sealed class KpiGaugeTests
{
    [Fact]
    public void Gauges_RowsAndAttributes_AreTheReadingsThatHaveAValue()
    {
        using KpiRig rig = new();
        using InstrumentProbe probe = new(rig.Rig.Meters);
        rig.Serve(65);
        rig.Kpis.RecordTraining("a", new ModelTraining { Accuracy = 0.9, Energy = TrainingEnergy.None, DataBytes = 500_000_000_000 });
        rig.Kpis.RecordOutcome(2);
        rig.Rig.Settle();
        string[] windows = ["5m", "1h", "1d"];
        string[] subjects = ["", "a", "b"];
        Assert.Equal(Cross(subjects, windows), Series(InstrumentNames.CarbonPerInference));
        Assert.Equal(Cross(subjects, windows), Series(InstrumentNames.EnergyPerInference));
        Assert.Equal(Cross(subjects, windows), Series(InstrumentNames.WattsPerQuery));
        Assert.Equal(Cross(["a"], windows), Series(InstrumentNames.ModelEfficiencyRatio));
        Assert.Equal(["a||"], Series(InstrumentNames.DataEfficiencyScore));
        Assert.Equal(windows.Select(window => $"|{window}|cpu").Order(), Series(InstrumentNames.HardwareUtilization));
        Assert.Equal(windows.Select(window => $"|{window}|cpu").Order(), Series(InstrumentNames.ComputeTimePerOutcome));
        Assert.Equal(windows.Select(window => $"|{window}|").Order(), Series(InstrumentNames.EmbodiedRate));
        Assert.Empty(Series(InstrumentNames.RenewableMatching));
        Assert.Empty(Series(InstrumentNames.EnergyToSolution));
        InstrumentReading carbon = probe.Collect(InstrumentNames.CarbonPerInference).Single(row => row.Tags.GetValueOrDefault("greenai.model") == "a" && row.Tags["greenai.window"] == "1h");
        Assert.Equal(rig.Value(Kpi.CarbonPerInference, "a", TimeSpan.FromHours(1)).Value, carbon.Value);

        string[] Series(string name) => [.. probe.Collect(name)
            .Select(row => $"{row.Tags.GetValueOrDefault("greenai.model")}|{row.Tags.GetValueOrDefault("greenai.window")}|{row.Tags.GetValueOrDefault("hw.type")}").Order()];
        static string[] Cross(string[] models, string[] windows) => [.. models.SelectMany(model => windows.Select(window => $"{model}|{window}|")).Order()];
    }

    [Fact]
    public async Task EnergyToSolution_IsInJoules()
    {
        using KpiRig rig = new();
        using InstrumentProbe probe = new(rig.Rig.Meters);
        EnergyWindow window = rig.Meter.StartWindow("training");
        rig.Toil(10);
        EnergyReading reading = await window.StopAsync();
        rig.Kpis.RecordAttempt("a", reading, reached: true);
        Assert.Equal((reading.Total!.Value - reading.Other!.Value).Joules, probe.Collect(InstrumentNames.EnergyToSolution).Single().Value, 1e-6);
    }

    [Fact]
    public void ComputeTimePerOutcome_IsInSeconds()
    {
        using KpiRig rig = new();
        using InstrumentProbe probe = new(rig.Rig.Meters);
        rig.Serve(65);
        rig.Kpis.RecordOutcome(2);
        rig.Rig.Settle();
        double hours = rig.Kpis.Read().Single(reading => reading.Value.Kpi == Kpi.ComputeHoursPerOutcome && reading.Asked == TimeSpan.FromHours(1)).Value.Value!.Value;
        Assert.Equal(hours * 3600, probe.Collect(InstrumentNames.ComputeTimePerOutcome).Single(row => row.Tags["greenai.window"] == "1h").Value, 1e-9);
    }

    [Fact]
    public void Gauges_FreshMeter_HaveNoRow()
    {
        using KpiRig rig = new();
        using InstrumentProbe probe = new(rig.Rig.Meters);
        rig.Meter.Model("a");
        rig.Meter.Engine.Tick();
        Assert.DoesNotContain(probe.Collect(), row => row.Name.StartsWith("greenai.kpi.", StringComparison.Ordinal));
    }

    [Fact]
    public void Gauges_OwnWindows_AreNamedAsDurations()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Kpis = new KpiOptions { Windows = [TimeSpan.FromSeconds(90), TimeSpan.FromDays(7)] };
        using KpiRig rig = new(options);
        using InstrumentProbe probe = new(rig.Rig.Meters);
        rig.Serve(2);
        Assert.Equal(["7d", "90s"], probe.Collect(InstrumentNames.WattsPerQuery).Select(row => row.Tags["greenai.window"]).Distinct().Order());
    }
}
