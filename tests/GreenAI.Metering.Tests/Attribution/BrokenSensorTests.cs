using GreenAI.Metering.Samples;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A sensor breaks under a running meter: nothing is thrown, nothing invented, coverage tells, and it comes back.</summary>
public sealed class BrokenSensorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CollectingLoggerFactory _logs = new();
    private readonly FakeProcessorTimes _processor = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PowercapFault.Eio)]
    [InlineData(PowercapFault.Garbage)]
    [InlineData(PowercapFault.Remove)]
    [InlineData(PowercapFault.Unreadable)]
    public void Zone_BreaksAndHeals_EnergyIsBridged_CoverageAndLogsTell(PowercapFault fault)
    {
        using PowercapTree tree = PowercapTree.Create(_folder.Path, new PowercapTreeOptions { Sockets = 2 });
        using EnergyMeter meter = Create();
        PowercapZone broken = tree.Zone("package-1");
        InferenceScope scope = meter.Begin("m");
        Run(2, 40);
        broken.Break(fault);
        Run(3, 40);
        double whileBroken = meter.GetTotals().Coverage;
        broken.Heal();
        Run(4, 40);
        Assert.Equal(FootprintStage.Provisional, scope.Complete().Stage);
        EnergyTotals totals = Settle(meter);

        Books.AssertBalanced(totals);
        Assert.Equal(tree.Zone("package-0").GainedMicrojoules + broken.GainedMicrojoules, totals.Total.Microjoules);
        Assert.Equal(1, totals.Devices.Single(device => device.Device.Id == "rapl:package-0").Coverage);
        DeviceTotals device = totals.Devices.Single(device => device.Device.Id == "rapl:package-1");
        Assert.InRange(whileBroken, 0.3, 0.6);
        Assert.InRange(device.Coverage, 0.5, 0.8);
        Assert.True(device.Holes > 0);
        // Once, and once more if the way it fails changes (a file emptied, then gone); never per tick.
        Assert.InRange(_logs.Lines.Count(line => line.Contains("Readings of rapl:package-1 fail", StringComparison.Ordinal)), 1, 2);
        Assert.Single(_logs.Lines, line => line.Contains("Readings of rapl:package-1 have returned", StringComparison.Ordinal));

        void Run(int seconds, double watts)
        {
            for (int tick = 0; tick < seconds * 10; tick++)
            {
                foreach (PowercapZone zone in tree.Zones) zone.Add((long)(watts * 1e5));
                Tick(meter);
            }
        }
    }

    [Fact]
    public void C1_OneFailedRead_CostsCoverageAndNothingElse()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(range: 262_143_328_850, idle: Power.Zero));
        rig.Source[0].Value = 200_000_000_000;
        EnergyTotals before = rig.Settle();
        long baseline = before.Total.Microjoules;
        rig.Run(1, 1);
        rig.Settle();
        rig.Source[0].Fault = SampleFault.InputOutput;
        rig.Run(1, 1);
        rig.Settle();
        Assert.Equal(1_000_000, rig.Meter.GetTotals().Total.Microjoules - baseline);
        rig.Source[0].Fault = SampleFault.None;
        rig.Run(1, 1);
        EnergyTotals totals = rig.Settle();
        Assert.Equal(3_000_000, totals.Total.Microjoules - baseline);
        Assert.Equal(1, totals.Devices[0].Holes - before.Devices[0].Holes);
        Assert.InRange(totals.Coverage, 0.6, 0.7);
    }

    [Fact]
    public void C4_AWrapCostsNothing_AResetIsSeen()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(range: 65_532_610_987, idle: Power.Zero));
        rig.Source[0].Value = 65_532_000_000;
        EnergyTotals before = rig.Settle();
        long first = before.Total.Microjoules;
        rig.Run(10, 100);
        EnergyTotals wrapped = rig.Settle();
        Assert.Equal(1_000_000_000, wrapped.Total.Microjoules - first);
        Assert.Equal(before.Devices[0].Holes, wrapped.Devices[0].Holes);

        rig.Source[0].Value = 5_000;
        rig.Run(1, 100);
        EnergyTotals reset = rig.Settle();
        Assert.Equal(wrapped.Total, reset.Total);
        Assert.Equal(1, reset.Devices[0].Holes - wrapped.Devices[0].Holes);
        Assert.True(reset.Coverage < wrapped.Coverage);
        rig.Run(1, 100);
        Assert.Equal(wrapped.Total + Energy.FromJoules(100), rig.Settle().Total);
    }

    [Fact]
    public void H1_UnreadableAtTheStart_SaysSo_AndMetersWhatElseThereIs()
    {
        using (PowercapTree tree = PowercapTree.Create(_folder.Path, new PowercapTreeOptions { Sockets = 1 }))
            tree.Zones[0].Break(PowercapFault.Unreadable);
        using var meter = new EnergyMeter(
            new GreenAIMeteringOptions { SysfsRoot = _folder.Path, Sources = ["rapl", "load-model"] },
            new MeterEnvironment { TimeProvider = _time });
        SourceFinding rapl = meter.Detection.Findings.First(finding => finding.Source == "rapl");
        Assert.Equal(SourceStatus.Unreadable, rapl.Status);
        Assert.NotNull(rapl.Remedy);
        Assert.Equal("load-model:cpu", Assert.Single(meter.Detection.Devices).Id);
    }

    [Fact]
    public void Source_Throws_IsLoggedOnce_NeverReachesTheHost_AndRecovers()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero));
        rig.Run(1, 10);
        rig.Settle();
        rig.Source.Throws = new InvalidOperationException("broken driver");
        for (int i = 0; i < 5; i++)
        {
            rig.Run(1, 10);
            rig.Settle();
        }

        rig.Source.Throws = null;
        rig.Run(1, 10);
        Assert.Equal(Energy.FromJoules(70), rig.Settle().Total);
        Assert.Single(rig.Logs.Lines, line => line.Contains("Power source fake threw", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoSourcesWithOneDevice_IsMeteredOnce_AndSaid()
    {
        var first = new FakePowerSource(_time, FakePowerSource.Cpu("fake:same", idle: Power.Zero));
        var second = new FakePowerSource(_time, FakePowerSource.Cpu("fake:same", idle: Power.Zero));
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment
        {
            TimeProvider = _time,
            Sources = [first, second],
            ProcessorTimes = _processor,
            LoggerFactory = _logs,
        });
        first.Burn(10, TimeSpan.FromSeconds(1));
        second.Burn(10, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Energy.FromJoules(10), Settle(meter).Total);
        Assert.Contains(_logs.Lines, line => line.Contains("fake:same is metered through another source", StringComparison.Ordinal));
    }

    [Fact]
    public void HostSuspendedOrSamplerStalled_LongIntervalIsClosedOnce_ImplausibleEnergyIsAHole()
    {
        // The monotonic clock stands still while the host sleeps, the counter may go on: far more energy than the time explains.
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero));
        rig.Settle();
        rig.Source[0].Add(5_000_000_000);
        rig.Run(0.5, 10);
        EnergyTotals asleep = rig.Settle();
        Assert.Equal(Energy.Zero, asleep.Total);
        Assert.Equal(1, asleep.Devices[0].Holes);

        // A stalled sampler thread: nobody looked for a minute, yet the counter tells it all.
        rig.Run(60, 10);
        EnergyTotals stalled = rig.Settle();
        Assert.Equal(Energy.FromJoules(600), stalled.Total);
        Assert.Equal(1, stalled.Devices[0].Holes);
    }

    [Fact]
    public void CounterThatIsNeverPlausible_IsLoggedOnce_NotPerTick()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero));
        for (int i = 0; i < 10; i++)
        {
            rig.Source[0].Add(500_000_000_000);
            rig.Run(0.1, 10);
            rig.Meter.Engine.Tick();
        }

        Assert.Single(rig.Logs.Lines, line => line.Contains("is not known (Implausible)", StringComparison.Ordinal));
        Assert.True(rig.Settle().Devices[0].Holes >= 9);
    }

    [Fact]
    public void C16_ClockThatStandsStill_GivesNoPowerAndLosesNoEnergy()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero));
        rig.Run(1, 10);
        rig.Settle();
        rig.Source[0].Add(1000);
        rig.Settle();
        rig.Run(1, 10);
        Assert.Equal(20_001_000, rig.Settle().Total.Microjoules);
    }

    [Fact]
    public void Coverage_ReadingsBeyondTheCountersRange_FallsAndPowerIsUnknown()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(range: 1_000_000_000, idle: Power.Zero));
        for (int tick = 0; tick < 10; tick++)
        {
            rig.Run(0.1, 10);
            rig.Meter.Engine.Tick();
        }

        rig.Source[0].Value = 5_000_000_000;
        for (int tick = 0; tick < 10; tick++)
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            rig.Meter.Engine.Tick();
        }

        DeviceTotals device = rig.Meter.GetTotals().Devices[0];
        Assert.Equal(0.5, device.Coverage, 0.02);
        Assert.Null(device.Power);
    }

    [Fact]
    public void SmallPackage_TurboAtFourTimesItsDesignPower_IsNotAHole()
    {
        // Intel N100: thermal design power 6 W, short-term limit 25 W.
        using PowercapTree tree = PowercapTree.Create(_folder.Path, new PowercapTreeOptions { Sockets = 1, MaxPowerMicrowatts = 6_000_000 });
        using EnergyMeter meter = Create();
        for (int tick = 0; tick < 20; tick++)
        {
            tree.Zones[0].Add(2_500_000);
            Tick(meter);
        }

        DeviceTotals device = Assert.Single(meter.GetTotals().Devices);
        Assert.Equal((50.0, 0), (device.Total.Joules, device.Holes));
    }

    private EnergyMeter Create() => new(
        new GreenAIMeteringOptions { SysfsRoot = _folder.Path, Sources = ["rapl"] },
        new MeterEnvironment { TimeProvider = _time, LoggerFactory = _logs, ProcessorTimes = _processor });

    private void Tick(EnergyMeter meter)
    {
        _processor.Own += 0.1;
        _processor.Busy += 0.1;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        meter.Engine.Tick();
    }

    private EnergyTotals Settle(EnergyMeter meter)
    {
        Tick(meter);
        ValueTask<EnergyTotals> settling = meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.True(settling.IsCompleted);
        return settling.Result;
    }
}
