namespace GreenAI.Metering.Tests;

public sealed class IdleFloorTests
{
    [Fact]
    public void Quiet_IsTheDurationWeightedMean_OverTwoSecondsOfQuiet()
    {
        var floor = new IdleFloor(stated: null);
        Assert.Equal(FloorSource.Unknown, floor.Source);
        Assert.Equal(0, floor.Book(5_000_000, 1));
        floor.ObserveQuiet(20, 0.5, 1);
        floor.ObserveQuiet(26, 1.0, 2);
        Assert.Equal(FloorSource.Observed, floor.Source);
        Assert.Equal(24, floor.Watts, 1e-9);
        for (int i = 0; i < 200; i++) floor.ObserveQuiet(30, 0.1, 3 + i);
        Assert.Equal(30, floor.Watts, 0.01);
    }

    [Fact]
    public void Quiet_ShortPeriodsAndOutliers_TeachNothing()
    {
        var floor = new IdleFloor(stated: null);
        floor.ObserveQuiet(1, 0.004, 1);
        Assert.Equal(FloorSource.Unknown, floor.Source);
        floor.ObserveQuiet(20, 1, 2);
        floor.ObserveQuiet(31, 1, 3);
        Assert.Equal(20, floor.Watts, 1e-9);
        floor.ObserveQuiet(29, 1, 4);
        // The first second is a second old: it weighs 0.5^(1/5).
        double aged = Math.Pow(0.5, 0.2);
        Assert.Equal(((20 * aged) + 29) / (aged + 1), floor.Watts, 1e-9);
    }

    [Fact]
    public void Book_NoiseAroundTheFloor_IsNotRectifiedIntoDynamicEnergy()
    {
        var floor = new IdleFloor(Power.FromWatts(10));
        var random = new Random(7);
        long total = 0, idle = 0;
        for (int i = 0; i < 10_000; i++)
        {
            long energy = 1_000_000 + random.Next(-300_000, 300_001);
            total += energy;
            idle += floor.Book(energy, 0.1);
        }

        // Clamping each interval by itself would book about 7.5 % of the total as dynamic; the debt's limit of 1 J leaves a little.
        Assert.InRange((total - idle) / (double)total, 0, 0.02);
    }

    [Fact]
    public void Book_NeverMoreThanThereIs_AndOwesAtMostAJoule()
    {
        var floor = new IdleFloor(Power.FromWatts(10));
        Assert.Equal(0, floor.Book(0, 100));
        Assert.Equal(11_000_000, floor.Book(50_000_000, 1));
        Assert.Equal(10_000_000, floor.Book(50_000_000, 1));
    }

    [Fact]
    public void Uncertainty_GrowsFromFiveSecondsAfterTheLastQuiet_UpToAQuarter()
    {
        var floor = new IdleFloor(stated: null);
        floor.ObserveQuiet(20, 1, 10);
        Assert.Equal(0.01, floor.RelativeUncertainty(14), 1e-9);
        Assert.Equal(0.05, floor.RelativeUncertainty(25), 1e-9);
        Assert.Equal(0.25, floor.RelativeUncertainty(1000), 1e-9);
    }

    [Fact]
    public void NeverIdle_InterceptOfPowerOverConcurrency_IfConcurrencyVaried()
    {
        var floor = new IdleFloor(stated: null);
        for (int i = 0; i < 9; i++) floor.ObserveActive(15 + (4 * (1 + (i % 3))), 1 + (i % 3), 0.1, i);
        Assert.Equal(FloorSource.Unknown, floor.Source);
        floor.ObserveActive(19, 1, 0.1, 10);
        Assert.Equal(FloorSource.Fitted, floor.Source);
        Assert.Equal(15, floor.Watts, 0.01);
        floor.ObserveQuiet(14, 1, 11);
        Assert.Equal(FloorSource.Observed, floor.Source);
        Assert.Equal(14, floor.Watts, 1e-9);
    }

    [Fact]
    public void NeverIdle_ConstantConcurrency_FloorStaysUnknown_AndFootprintsSayTheyIncludeIdle()
    {
        using MeterRig rig = new(FakePowerSource.Cpu());
        InferenceScope scope = rig.Meter.Begin("m");
        for (int i = 0; i < 50; i++)
        {
            rig.Run(0.1, 40);
            rig.Meter.Engine.Tick();
        }

        scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(FloorSource.Unknown, totals.Devices[0].FloorSource);
        Assert.Null(totals.Devices[0].IdleFloor);
        Assert.Equal(Energy.Zero, totals.Idle);
        Assert.True(Assert.Single(rig.Finish()).IncludesIdle);
    }

    [Theory]
    [InlineData(0.02, 0.0)]
    [InlineData(0.0, 0.5)]
    public void BusyWithoutAScope_IsNotTakenForIdle(double own, double foreign)
    {
        using MeterRig rig = new(FakePowerSource.Cpu());
        for (int i = 0; i < 50; i++)
        {
            rig.Run(0.1, 40, own, foreign);
            rig.Meter.Engine.Tick();
        }

        Assert.Equal(FloorSource.Unknown, rig.Settle().Devices[0].FloorSource);
    }

    [Fact]
    public void Floor_ProcessorTimesUnreadableWhileBusy_LearnsNothingOfThatTime()
    {
        using MeterRig rig = new(FakePowerSource.Cpu());
        rig.Processor.Fails = true;
        for (int tick = 0; tick < 50; tick++)
        {
            rig.Run(0.1, 100);
            rig.Meter.Engine.Tick();
        }

        rig.Processor.Fails = false;
        rig.Idle(1, 10);
        Assert.Equal(10, rig.Meter.GetTotals().Devices[0].IdleFloor!.Value.Watts, 0.1);
    }

    [Fact]
    public void Floor_DeviceClosesSlowerThanProcessorTimesAreRead_BusyPartIsNotTakenForQuiet()
    {
        using MeterRig rig = new(
            new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromMilliseconds(100) },
            FakePowerSource.Cpu(updateMs: 1000, shared: true));
        for (int second = 0; second < 10; second++)
        {
            // The counter moves once a second; nine tenths of each are busy, the last one is quiet.
            for (int tick = 0; tick < 10; tick++)
            {
                rig.Run(0.1, 0, ownProcessors: tick < 9 ? 1 : 0);
                if (tick == 9) rig.Source[0].Add(100_000_000);
                rig.Meter.Engine.Tick();
            }
        }

        Assert.Equal(FloorSource.Unknown, rig.Meter.GetTotals().Devices[0].FloorSource);
    }

    [Fact]
    public void Floor_SeenAtZeroOnce_LearnsAgain()
    {
        var floor = new IdleFloor(stated: null);
        floor.ObserveQuiet(0, 0.1, 1);
        floor.ObserveQuiet(20, 1, 2);
        Assert.True(floor.Watts > 10);
    }

    [Fact]
    public void BriefFirstQuiet_DoesNotLockTheFloor()
    {
        IdleFloor floor = new(null);
        // A counter's first steps: 0.6 of a period's energy.
        floor.ObserveQuiet(18, 0.1, 0.1);
        for (int i = 1; i < 30; i++) floor.ObserveQuiet(30, 0.1, 0.1 + (0.1 * i));
        Assert.Equal(30, floor.Watts, 0.5);
    }

    [Fact]
    public void IdlePowerThatStaysHigher_IsTheNewFloor_AfterTenSecondsOfQuiet()
    {
        IdleFloor floor = new(null);
        for (int i = 0; i < 30; i++) floor.ObserveQuiet(30, 0.1, 0.1 * i);
        for (int i = 0; i < 99; i++) floor.ObserveQuiet(70, 0.1, 3 + (0.1 * i));
        Assert.Equal(30, floor.Watts, 1e-9);
        for (int i = 99; i < 130; i++) floor.ObserveQuiet(70, 0.1, 3 + (0.1 * i));
        Assert.Equal(70, floor.Watts, 1e-9);
    }

    [Fact]
    public void QuietBeforeABusyStretch_SaysLessThanQuietAfterIt()
    {
        IdleFloor floor = new(null);
        for (int i = 0; i < 20; i++) floor.ObserveQuiet(30, 0.1, 0.1 * i);
        floor.ObserveQuiet(33, 1, 22);
        // 2 s seen 20 s before weigh as much as 0.15 s seen now.
        Assert.Equal(32.6, floor.Watts, 0.2);
    }
}
