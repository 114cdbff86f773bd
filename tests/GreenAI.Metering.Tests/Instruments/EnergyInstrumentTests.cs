using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Tests;

public sealed class EnergyInstrumentTests
{
    private static readonly PowerDevice _package = FakePowerSource.Cpu("metrics:package-0");

    private static readonly PowerDevice _board = new()
    {
        Id = "metrics:gpu",
        Name = "Fake board",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Modelled,
        SharedByCpuTime = false,
        IdlePower = Power.Zero,
    };

    [Fact]
    public void HardwareEnergyAndPower_OneRowPerDevice_WithItsAttributes()
    {
        using MeterRig rig = new(_package, _board);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Run(2, 30);
        rig.Settle();

        const string package = "{greenai.tier=Measured,hw.id=metrics:package-0,hw.name=Fake package,hw.type=cpu}";
        const string board = "{greenai.tier=Modelled,hw.id=metrics:gpu,hw.name=Fake board,hw.type=gpu}";
        Assert.Equal(
            [("hw.energy" + package, 60.0), ("hw.energy" + board, 60.0)],
            probe.Collect("hw.energy").Select(reading => (reading.Series, reading.Value)));
        Assert.Equal(
            [("hw.power" + package, 30.0), ("hw.power" + board, 30.0)],
            probe.Collect("hw.power").Select(reading => (reading.Series, Math.Round(reading.Value, 1))));
    }

    [Theory]
    [InlineData(EnergyDomain.CpuPackage, "cpu")]
    [InlineData(EnergyDomain.Dram, "memory")]
    [InlineData(EnergyDomain.Gpu, "gpu")]
    [InlineData(EnergyDomain.Platform, "enclosure")]
    [InlineData(EnergyDomain.Accelerator, "accelerator")]
    public void HardwareType_OfEachDomain(EnergyDomain domain, string type)
    {
        using MeterRig rig = new(new PowerDevice { Id = $"metrics:{type}", Name = type, Domain = domain, Tier = MeasurementTier.Measured });
        using InstrumentProbe probe = new(rig.Meters);
        Assert.Equal(type, Assert.Single(probe.Collect("hw.energy")).Tags["hw.type"]);
    }

    [Fact]
    public void Energy_ModelsAndBuckets_SumToHardwareEnergy_InMicrojoules()
    {
        using MeterRig rig = new(_package, _board);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Idle(2.5, 11.123457);
        Random random = new(7);
        List<InferenceScope> open = [];
        for (int tick = 0; tick < 60; tick++)
        {
            open.Add(rig.Meter.Begin($"model-{random.Next(4)}"));
            rig.Run(0.1 * (1 + random.NextDouble()), 20 + (100 * random.NextDouble()), foreignProcessors: random.NextDouble());
            if (random.Next(2) == 0) rig.Source[1].Fault = SampleFault.NoData;
            if (open.Count > 3)
            {
                open[0].Complete();
                open.RemoveAt(0);
            }

            rig.Meter.Engine.Tick();
            rig.Source[1].Fault = SampleFault.None;
            IReadOnlyList<InstrumentReading> rows = probe.Collect();
            long hardware = rows.Where(row => row.Name == "hw.energy").Sum(row => row.Micro);
            long greenai = rows.Where(row => row.Name == "greenai.energy").Sum(row => row.Micro);
            Assert.True(hardware > 0);
            Assert.Equal(hardware, greenai);
        }

        Assert.Equal(
            ["idle", "other", "unattributed"],
            probe.Collect("greenai.energy").Where(row => row.Tags.ContainsKey("greenai.bucket")).Select(row => row.Tags["greenai.bucket"]).Order());
        Assert.Equal(4, probe.Collect("greenai.energy").Count(row => row.Tags.ContainsKey("greenai.model")));
        rig.Settle();
    }

    [Fact]
    public void C13_H6_Counters_NeverFall_AcrossQuietTicksResetsAndHoles()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("metrics:c13", range: 60_000_000, idle: Power.FromWatts(1)));
        using InstrumentProbe probe = new(rig.Meters);
        Dictionary<string, double> before = [];
        Random random = new(13);
        for (int tick = 0; tick < 200; tick++)
        {
            using InferenceScope scope = rig.Meter.Begin("m");
            int what = random.Next(6);
            // A tick without any energy (C13), a reset, a hole, a wrap every few seconds.
            rig.Run(0.1, what == 0 ? 0 : 150);
            if (what == 1) rig.Source[0].Value = 0;
            rig.Source[0].Fault = what == 2 ? SampleFault.InputOutput : SampleFault.None;
            scope.Complete();
            rig.Meter.Engine.Tick();
            IReadOnlyList<InstrumentReading> rows = probe.Collect();
            foreach (InstrumentReading row in rows)
            {
                if (!IsCounter(probe, row.Name)) continue;
                Assert.True(row.Value >= before.GetValueOrDefault(row.Series), $"{row.Series} fell from {before.GetValueOrDefault(row.Series)} to {row.Value}.");
                before[row.Series] = row.Value;
            }

            Assert.Contains(rows, row => row.Name == "hw.energy");
        }

        Assert.True(before.Single(row => row.Key.StartsWith("hw.energy", StringComparison.Ordinal)).Value > 100);
        Assert.True(before.Single(row => row.Key.StartsWith("greenai.metering.holes", StringComparison.Ordinal)).Value > 10);
    }

    [Fact]
    public void H6_CumulativeEnergy_IsAMonotonicCounterInJoules()
    {
        using MeterRig rig = new(_package);
        using InstrumentProbe probe = new(rig.Meters);
        foreach (Instrument energy in probe.Instruments.Where(instrument => instrument.Name is "hw.energy" or "greenai.energy"))
        {
            Assert.IsType<ObservableCounter<double>>(energy);
            Assert.Equal("J", energy.Unit);
        }

        Assert.DoesNotContain(probe.Instruments, instrument => instrument.Name == "hw.host.energy");
    }

    [Fact]
    public void H1_DeviceNeverRead_NoRowAndNoZero()
    {
        using MeterRig rig = new(_package, _board);
        FakePowerSource unreadable = new(rig.Time, FakePowerSource.Cpu("metrics:unreadable"));
        unreadable[0].Fault = SampleFault.NoPermission;
        using ScopedMeters meters = new();
        using EnergyMeter meter = new(new GreenAIMeteringOptions(), new MeterEnvironment
        {
            TimeProvider = rig.Time,
            Sources = [unreadable],
            MeterFactory = meters,
        });
        using InstrumentProbe probe = new(meters);
        meter.Begin("m").Complete();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        meter.Engine.Tick();
        IReadOnlyList<InstrumentReading> rows = probe.Collect();
        foreach (string silent in (string[])["hw.energy", "hw.power", "greenai.energy", "greenai.metering.coverage", "greenai.metering.self_power"])
            Assert.DoesNotContain(rows, row => row.Name == silent);
        // The failures themselves are known.
        Assert.Equal(2, Assert.Single(rows, row => row.Name == "greenai.metering.holes").Value);
        Assert.Equal(0, Assert.Single(rows, row => row.Name == "greenai.metering.covered_time").Value);

        unreadable[0].Fault = SampleFault.None;
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        meter.Engine.Tick();
        Assert.Equal(0, Assert.Single(probe.Collect("hw.energy")).Value);
    }

    [Fact]
    public void HardwarePower_LastReadingFailed_NoRow_EnergyStays()
    {
        using MeterRig rig = new(_package);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Run(1, 10);
        rig.Settle();
        Assert.Equal(10, Assert.Single(probe.Collect("hw.power")).Value, 0.01);
        rig.Source[0].Fault = SampleFault.Gone;
        rig.Run(1, 10);
        rig.Settle();
        Assert.Empty(probe.Collect("hw.power"));
        Assert.Equal(10, Assert.Single(probe.Collect("hw.energy")).Value);
    }

    // What a policy's baseline is compared with: each bill's energy above idle and its share of the idle floor.
    [Fact]
    public void ModelIdleEnergy_WithTheModelsEnergy_IsWhatItsBillsComeTo()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("metrics:idle", idle: Power.FromWatts(8)));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Run(5, 8);
        for (int i = 0; i < 20; i++)
        {
            InferenceScope one = rig.Meter.Begin("a"), other = rig.Meter.Begin(i % 2 == 0 ? "a" : "b");
            rig.Run(0.5, 20);
            one.Complete();
            other.Complete();
            rig.Run(0.5, 8);
        }

        rig.Settle();
        foreach (ModelTotals model in rig.Meter.GetTotals().Models)
        {
            double above = Of("greenai.energy", model.Name), idle = Of("greenai.model.idle_energy", model.Name);
            Assert.True(idle > 0);
            Assert.Equal(model.EnergyWithIdle.Joules, above + idle, 0.000_01);
        }

        double Of(string instrument, string model) => probe.Collect(instrument).Single(row => row.Tags.GetValueOrDefault("greenai.model") == model).Value;
    }

    private static bool IsCounter(InstrumentProbe probe, string name) =>
        probe.Instruments.Single(instrument => instrument.Name == name) is ObservableCounter<double> or ObservableCounter<long>;
}
