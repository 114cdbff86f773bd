namespace GreenAI.Metering.Tests;

public sealed class PerfPowerSourceTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Read_FourBillionCounts_AreOneJoule()
    {
        using PerfRig rig = new();
        rig.Read();
        rig.Kernel.Add(PerfRig.Package, 0, PerfRig.Joule);
        rig.Kernel.Add(PerfRig.Memory, 0, 3 * PerfRig.Joule);
        PowerSample[] samples = rig.Read(_tick);
        Assert.Equal([1_000_000, 3_000_000], samples.Select(static sample => sample.Microjoules));
        Assert.All(samples, static sample => Assert.Equal((SampleFlags.Energy, MeasurementTier.Measured), (sample.Flags, sample.Tier)));
    }

    [Fact]
    public void Read_Failure_IsAHole_AndTheEventIsOpenedAgainAfterAPause()
    {
        using PerfRig rig = new();
        rig.Read();
        rig.Kernel.ReadError = 19;
        Assert.All(rig.Read(_tick), static sample => Assert.Equal((SampleFault.Gone, MeasurementTier.Unavailable), (sample.Fault, sample.Tier)));
        Assert.Equal(0, rig.Kernel.Open);
        rig.Kernel.ReadError = 0;
        int opened = rig.Kernel.Opened.Count;
        Assert.All(rig.Read(_tick), static sample => Assert.Equal(SampleFault.Gone, sample.Fault));
        Assert.Equal(opened, rig.Kernel.Opened.Count);
        rig.Kernel.Add(PerfRig.Package, 0, PerfRig.Joule);
        Assert.All(rig.Read(TimeSpan.FromSeconds(1)), static sample => Assert.Equal((SampleFault.None, 0L), (sample.Fault, sample.Microjoules)));
        Assert.Equal(2, rig.Kernel.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_KeepsFailing_PausesGrowToAMinute(bool opens)
    {
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        rig.Read();
        rig.Kernel.ReadError = 19;
        rig.Read(_tick);
        if (!opens) rig.Kernel.FailOpening(PerfRig.Package, 0, 19);
        List<int> seconds = [];
        int opened = rig.Kernel.Opened.Count;
        for (int second = 1; second <= 200; second++)
        {
            rig.Read(TimeSpan.FromSeconds(1));
            if (rig.Kernel.Opened.Count == opened) continue;
            opened = rig.Kernel.Opened.Count;
            seconds.Add(second);
        }

        Assert.Equal([1, 3, 7, 15, 31, 63, 123, 183], seconds);
    }

    [Fact]
    public void Read_PackageMovesToAnotherProcessor_IsFoundThereUnderItsName()
    {
        using PerfRig rig = new("0,18\n");
        rig.Delete("events/energy-ram");
        rig.Place(0, package: 0);
        rig.Place(18, package: 1);
        rig.Read();

        // Processor 18 goes offline and the PMU comes back under another number.
        rig.Kernel.ReadError = 19;
        rig.Read(_tick);
        rig.Kernel.ReadError = 0;
        rig.Kernel.Type = 22;
        rig.Place(19, package: 1);
        rig.Write("type", "22\n");
        rig.Write("cpumask", "0,19\n");
        Assert.All(rig.Read(TimeSpan.FromSeconds(1)), static sample => Assert.Equal(SampleFault.None, sample.Fault));
        rig.Kernel.Add(PerfRig.Package, 19, PerfRig.Joule);
        Assert.Equal([0, 1_000_000], rig.Read(_tick).Select(static sample => sample.Microjoules));
        Assert.Equal(["perf:package-0", "perf:package-1"], rig.Ids);
    }

    [Fact]
    public void Read_CountStandsStillForASecond_IsOpenedAgain()
    {
        // An event whose processor was offline goes on answering with its old count, without an error.
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        rig.Kernel.Add(PerfRig.Package, 0, 5);
        rig.Read();
        rig.Kernel.Add(PerfRig.Package, 0, PerfRig.Joule);
        rig.Read(_tick);
        int opened = rig.Kernel.Opened.Count;
        for (int i = 0; i < 9; i++) Assert.Equal(1_000_000, rig.Read(_tick)[0].Microjoules);
        Assert.Equal(opened, rig.Kernel.Opened.Count);
        Assert.Equal((SampleFault.None, 0L), (rig.Read(_tick)[0].Fault, rig.Read()[0].Microjoules));
        Assert.Equal(opened + 1, rig.Kernel.Opened.Count);
        Assert.Equal(1, rig.Kernel.Open);
    }

    [Theory]
    [InlineData(19, SampleFault.Gone)]
    [InlineData(13, SampleFault.NoPermission)]
    [InlineData(24, SampleFault.InputOutput)]
    public void Read_StandsStillAndCannotBeOpenedAgain_IsAHoleAndNoZero_UntilItMoves(int error, SampleFault fault)
    {
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        rig.Read();
        rig.Kernel.FailOpening(PerfRig.Package, 0, error);
        Assert.Equal(fault, rig.Read(TimeSpan.FromSeconds(2))[0].Fault);
        Assert.Equal(fault == SampleFault.Gone ? 0 : 1, rig.Kernel.Open);
        Assert.Equal(fault, rig.Read(_tick)[0].Fault);
        if (fault == SampleFault.Gone) return;
        rig.Kernel.Add(PerfRig.Package, 0, PerfRig.Joule);
        Assert.Equal(SampleFault.None, rig.Read(_tick)[0].Fault);
    }

    [Fact]
    public void Read_PackageLeavesTheMask_IsGone()
    {
        using PerfRig rig = new("0,18\n");
        rig.Delete("events/energy-ram");
        rig.Place(0, package: 0);
        rig.Place(18, package: 1);
        rig.Read();
        rig.Write("cpumask", "0\n");
        rig.Kernel.Add(PerfRig.Package, 0, PerfRig.Joule);
        PowerSample[] samples = rig.Read(TimeSpan.FromSeconds(2));
        Assert.Equal([SampleFault.None, SampleFault.Gone], samples.Select(static sample => sample.Fault));
    }

    [Fact]
    public void Tracker_AfterAReopening_BooksAHoleAndNoInventedEnergy()
    {
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        var tracker = new CounterTracker(rig.Source.Devices[0], rig.Tree.Clock.TimestampFrequency);
        rig.Read();
        tracker.Advance(rig.Read()[0]);
        rig.Kernel.Add(PerfRig.Package, 0, 10 * PerfRig.Joule);
        Assert.Equal(10_000_000, tracker.Advance(rig.Read(_tick)[0]).Microjoules);
        rig.Kernel.ReadError = 5;
        Assert.Equal(CounterStepKind.Failed, tracker.Advance(rig.Read(_tick)[0]).Kind);
        rig.Kernel.ReadError = 0;
        rig.Kernel.Add(PerfRig.Package, 0, 100 * PerfRig.Joule);
        CounterStep reopened = tracker.Advance(rig.Read(TimeSpan.FromSeconds(1))[0]);
        Assert.Equal((CounterStepKind.Reset, false, 0L), (reopened.Kind, reopened.Covered, reopened.Microjoules));
        rig.Kernel.Add(PerfRig.Package, 0, 2 * PerfRig.Joule);
        CounterStep next = tracker.Advance(rig.Read(_tick)[0]);
        Assert.Equal((true, 2_000_000L), (next.Covered, next.Microjoules));
    }

    [Fact]
    public void Read_Timestamp_IsTheMiddleOfTheRead()
    {
        using PerfRig rig = new();
        var clock = new StepClock(1000);
        using IPowerSource source = PerfDetection.Detect(rig.Tree.Context with { TimeProvider = clock }, rig.Kernel).Source!;
        var samples = new PowerSample[2];
        long start = clock.Now;
        source.Read(samples);
        Assert.Equal([start + 1500, start + 2500], samples.Select(static sample => sample.Timestamp));
    }

    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        using PerfRig rig = new();
        PowerSample[] samples = rig.Read();
        Assert.Equal(0, ReadAllocations.Count(() => rig.Source.Read(samples)));
    }

    [Fact]
    public void Dispose_ClosesEveryEvent()
    {
        using PerfRig rig = new("0,18\n");
        rig.Read();
        Assert.Equal(4, rig.Kernel.Open);
        rig.Source.Dispose();
        Assert.Equal(0, rig.Kernel.Open);
    }
}
