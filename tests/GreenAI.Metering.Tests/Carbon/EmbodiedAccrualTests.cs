namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Embodied carbon falls due as time passes, whoever is busy.</summary>
public sealed class EmbodiedAccrualTests
{
    private const double GramsPerHour = 1e6 / (4 * 8760);

    private static EmbodiedOptions Server => new() { KilogramsCO2e = 1000, LifespanYears = 4 };

    [Fact]
    public void AThousandKilogramsOverFourYears_AreTwentyEightAndAHalfGramsAnHour_SplitByBusyTime()
    {
        using MeterRig rig = new(CarbonRigs.Hardware(("server", Server)), CarbonRigs.Plain());
        Hour(rig, minute => rig.Meter.Begin("m"), busySeconds: 15);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(28.5, Math.Round(carbon.Embodied!.Value.GramsCO2e, 1));
        Assert.Equal(GramsPerHour, carbon.Embodied.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour / 4, carbon.Model("m")!.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour * 3 / 4, carbon.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
        Assert.Null(carbon.EmbodiedReason);
        Assert.Null(carbon.Operational);
        EmbodiedItem item = Assert.Single(carbon.EmbodiedItems);
        Assert.Equal(("server", 1000, 4 * 365, "stated without a source"), (item.Name, item.Total.KilogramsCO2e, item.Lifespan!.Value.TotalDays, item.Source));
    }

    [Fact]
    public void TwoModels_ShareByActiveTime()
    {
        using MeterRig rig = new(CarbonRigs.Hardware(("server", Server)), CarbonRigs.Plain());
        for (int minute = 0; minute < 60; minute++)
        {
            InferenceScope a = rig.Meter.Begin("a"), b = rig.Meter.Begin("b");
            rig.Run(15, 100);
            b.Complete();
            rig.Run(15, 100);
            a.Complete();
            rig.Run(30, 5);
            rig.Meter.Engine.CloseNow(closeStandstill: true);
        }

        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(GramsPerHour / 2 * 2 / 3, carbon.Model("a")!.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour / 2 / 3, carbon.Model("b")!.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour / 2, carbon.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public void ShareAndCount_ScaleTheRate()
    {
        EmbodiedOptions boards = new() { KilogramsCO2e = 1000, LifespanYears = 4, Count = 8, Share = 0.125 };
        using MeterRig rig = new(CarbonRigs.Hardware(("boards", boards), ("server", Server)), CarbonRigs.Plain());
        Hour(rig, null, 0);
        Assert.Equal(2 * GramsPerHour, rig.Settle().Carbon.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public void SmallShare_IsNotRoundedAway()
    {
        EmbodiedOptions little = new() { KilogramsCO2e = 1, LifespanYears = 50, Share = 0.001 };
        using MeterRig rig = new(CarbonRigs.Hardware(("little", little)), CarbonRigs.Plain());
        rig.Run(3600 * 1000, 0);
        Assert.Equal(1e6 / (50 * 8760) * 1000, rig.Settle().Carbon.Embodied!.Value.Micrograms, 3.0);
    }

    [Fact]
    public void L6_NoLifespan_IsUnavailableWithAReason_NotZero()
    {
        GreenAIMeteringOptions options = CarbonRigs.Hardware(("server", Server), ("board", new EmbodiedOptions { KilogramsCO2e = 164 }));
        using MeterRig rig = new(options, CarbonRigs.Plain());
        using InstrumentProbe probe = new(rig.Meters);
        Hour(rig, minute => rig.Meter.Begin("m"), 15);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Null(carbon.Embodied);
        Assert.Null(carbon.EmbodiedIdle);
        Assert.Null(carbon.Model("m")!.Embodied);
        Assert.Equal("Carbon:Embodied:board has no lifespan: set LifespanYears.", carbon.EmbodiedReason);
        Assert.Equal(2, carbon.EmbodiedItems.Count);
        Assert.DoesNotContain(probe.Collect(), row => row.Name == InstrumentNames.Emissions);
        Assert.Contains(rig.Logs.Lines, line => line.Contains("Embodied carbon is unavailable: Carbon:Embodied:board has no lifespan", StringComparison.Ordinal));
    }

    [Fact]
    public void NothingStated_OrADeviceThatIsNotThere_IsUnavailableWithAReason()
    {
        using MeterRig nothing = new(CarbonRigs.Plain());
        Assert.Equal((null, "No hardware is stated: set Carbon:Embodied."), (nothing.Settle().Carbon.Embodied, nothing.Settle().Carbon.EmbodiedReason));
        using MeterRig absent = new(CarbonRigs.Hardware(("b", new EmbodiedOptions { KilogramsCO2e = 1, LifespanYears = 4, Devices = "gpu" })), CarbonRigs.Plain());
        Assert.Equal("Carbon:Embodied:b:Devices is 'gpu', which no metered device is.", absent.Settle().Carbon.EmbodiedReason);
        using MeterRig none = new(CarbonRigs.Hardware(("s", Server)));
        Assert.Equal("No device is metered: nothing tells when the hardware was used.", none.Settle().Carbon.EmbodiedReason);
    }

    [Fact]
    public void Board_IsAccountedForByTheBusyTimeOfBoardsOnly()
    {
        GreenAIMeteringOptions options = CarbonRigs.Hardware(("board", Server));
        options.Models["on-cpu"] = new ModelOptions { Devices = ["cpu"] };
        options.Models["on-gpu"] = new ModelOptions { Devices = ["gpu"] };
        using MeterRig rig = new(options, CarbonRigs.Plain(), CarbonRigs.Gpu("fake:gpu"));
        for (int minute = 0; minute < 60; minute++)
        {
            InferenceScope cpu = rig.Meter.Begin("on-cpu");
            InferenceScope gpu = rig.Meter.Begin("on-gpu");
            rig.Run(15, 100);
            gpu.Complete();
            rig.Run(45, 100);
            cpu.Complete();
            rig.Meter.Engine.CloseNow(closeStandstill: true);
        }

        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(CarbonMass.Zero, carbon.Model("on-cpu")!.Embodied);
        Assert.Equal(GramsPerHour / 4, carbon.Model("on-gpu")!.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour, carbon.Embodied!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public void CatalogueEntry_BringsItsKilogramsAndItsDevices()
    {
        EmbodiedFigure figure = EmbodiedCatalogue.Find("nvidia-h100-sxm");
        EmbodiedOptions board = new() { Hardware = figure.Id, LifespanYears = 4, Count = 2 };
        using MeterRig rig = new(CarbonRigs.Hardware(("board", board)), CarbonRigs.Plain(), CarbonRigs.Gpu("fake:gpu"));
        Hour(rig, null, 0);
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(2 * figure.Total.GramsCO2e / (4 * 8760), carbon.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(("gpu", figure.Source), (carbon.EmbodiedItems[0].Devices, carbon.EmbodiedItems[0].Source));
    }

    [Fact]
    public void DeviceThatDies_AgesAsIdle_AndNothingIsLostOrCountedTwiceWhenItReturns()
    {
        using MeterRig rig = new(CarbonRigs.Hardware(("server", Server)), CarbonRigs.Plain());
        InferenceScope scope = rig.Meter.Begin("m");
        Minutes(20);
        rig.Source[0].Fault = SampleFault.InputOutput;
        Minutes(20);
        CarbonTotals dead = rig.Meter.GetTotals().Carbon;
        Assert.Equal(GramsPerHour * 2 / 3, dead.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour / 3, dead.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
        rig.Source[0].Fault = SampleFault.None;
        Minutes(20);
        scope.Complete();
        CarbonTotals back = rig.Settle().Carbon;
        Assert.Equal(GramsPerHour, back.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.Equal(GramsPerHour / 3, back.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
        Assert.Equal(CarbonMass.Zero, back.Unaccounted);

        void Minutes(int minutes)
        {
            for (int minute = 0; minute < minutes; minute++)
            {
                rig.Run(60, 100);
                rig.Meter.Engine.CloseNow(closeStandstill: true);
            }
        }
    }

    [Fact]
    public void DeviceThatWasNeverRead_AgesAsIdle()
    {
        using MeterRig rig = new(CarbonRigs.Hardware(("server", Server)), CarbonRigs.Plain());
        using MeterRig dead = new(CarbonRigs.Hardware(("server", Server)), CarbonRigs.Plain("fake:dead"));
        dead.Source[0].Fault = SampleFault.InputOutput;
        Hour(dead, null, 0);
        Assert.Equal(GramsPerHour, dead.Settle().Carbon.EmbodiedIdle!.Value.GramsCO2e, 1e-5);
    }

    [Fact]
    public void SlowCounter_IsNotTakenForDead_WhileItStands()
    {
        // Moves every 10 s, and is read all the time: the model is busy throughout, whatever the time between its moves.
        using MeterRig rig = new(
            CarbonRigs.Hardware(("server", Server)), FakePowerSource.Cpu("fake:slow", idle: Power.Zero, shared: false, updateMs: 10_000), CarbonRigs.Plain("fake:other"));
        InferenceScope scope = rig.Meter.Begin("m");
        for (int second = 0; second < 3600; second++)
        {
            rig.Processor.Own++;
            rig.Processor.Busy++;
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Source[1].Add(1_000_000);
            if (second % 10 == 9) rig.Source[0].Add(10_000_000);
            rig.Meter.Engine.Tick();
        }

        scope.Complete();
        CarbonTotals carbon = rig.Settle().Carbon;
        Assert.Equal(GramsPerHour, carbon.Embodied!.Value.GramsCO2e, 1e-5);
        Assert.InRange(carbon.EmbodiedIdle!.Value.GramsCO2e, 0, GramsPerHour * 0.01);
    }

    private static void Hour(MeterRig rig, Func<int, InferenceScope>? begin, double busySeconds)
    {
        for (int minute = 0; minute < 60; minute++)
        {
            InferenceScope scope = begin?.Invoke(minute) ?? default;
            rig.Run(busySeconds, 100);
            scope.Complete();
            rig.Run(60 - busySeconds, 5);
            rig.Meter.Engine.CloseNow(closeStandstill: true);
        }
    }
}
