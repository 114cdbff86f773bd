namespace GreenAI.Metering.Tests;

public sealed class ProcessorTimesTests : IDisposable
{
    private readonly SensorTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void TryRead_WeUseOneOfTwoBusyCores_OurShareIsHalf_A3()
    {
        var own = new FakeBusyTime { Microseconds = 3_000_000 };
        _tree.WriteStat(userTicks: 10_000);
        using var times = new ProcessorTimes(new MachineBusyTime(_tree.Context.ProcRoot), own, 2);
        Assert.True(times.TryRead(out ProcessorTimesReading before));

        own.Microseconds += 5_000_000;          // 5 s of one core,
        _tree.WriteStat(userTicks: 10_000 + 1000); // of 10 s on two.
        Assert.True(times.TryRead(out ProcessorTimesReading after));

        Assert.Equal(5.0, after.OwnSeconds - before.OwnSeconds, 6);
        Assert.Equal(10.0, after.BusySeconds - before.BusySeconds, 6);
        Assert.Equal(0.5, (after.OwnSeconds - before.OwnSeconds) / (after.BusySeconds - before.BusySeconds), 6);
        Assert.Equal(2, after.ProcessorCount);
    }

    [Fact]
    public void TryRead_ContainerScope_CountsAChildThatHasEnded_A4()
    {
        WriteGroup("/kubepods/pod7", usageMicroseconds: 1_000_000);
        _tree.WriteStat(0);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out string? reason);
        Assert.Null(reason);
        Assert.True(times.TryRead(out ProcessorTimesReading before));

        // A child ran 10 s between two samples and is gone: only the group's counter remembers it.
        WriteGroup("/kubepods/pod7", usageMicroseconds: 11_000_000);
        _tree.WriteStat(1000);
        Assert.True(times.TryRead(out ProcessorTimesReading after));

        Assert.Equal(10.0, after.OwnSeconds - before.OwnSeconds, 6);
        Assert.Equal(10.0, after.BusySeconds - before.BusySeconds, 6);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("4:memory:/a\n1:cpu:/a\n", "no cgroup v2 group")]
    [InlineData("0::/../../other\n", "outside this cgroup namespace")]
    [InlineData("0::/not/there\n", "not mounted")]
    public void Create_ContainerScopeWithoutGroup_FallsBackToTheProcessAndSaysWhy(string? membership, string why)
    {
        if (membership is not null) _tree.WriteProc("self/cgroup", membership);
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out string? reason);
        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.EndsWith("Only this process counts as ours, not its children.", reason, StringComparison.Ordinal);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.True(reading.OwnSeconds > 0);
    }

    [Fact]
    public void Create_ContainerScopeInTheRootGroup_IsNotTheWholeMachine()
    {
        _tree.WriteProc("self/cgroup", "0::/\n");
        _tree.WriteSys("fs/cgroup/cpu.stat", "usage_usec 5\n");
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out string? reason);
        Assert.Contains("root control group", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/init.scope")]
    public void Create_ContainerScopeWithTheHostsSysfsElsewhere_CountsTheContainerNotTheHost(string path)
    {
        // The host's hierarchy, under SysfsRoot, has a group of the same path that is not ours; our own mount is another.
        string own = Path.Combine(Path.GetDirectoryName(_tree.Context.SysfsRoot)!, "own cgroup");
        Directory.CreateDirectory(own + path);
        File.WriteAllText($"{own}{path}/cpu.stat", "usage_usec 3000000\n");
        File.WriteAllText($"{own}{path}/cgroup.events", "populated 1\n");
        WriteGroup("/init.scope", 7_000_000);
        _tree.WriteSys("fs/cgroup/cpu.stat", "usage_usec 9000000\n");
        _tree.WriteProc("self/cgroup", $"0::{path}\n");
        _tree.WriteProc(
            "self/mountinfo",
            $"24 1 0:22 / /sys rw shared:7 - sysfs sysfs rw\n"
            + $"30 24 0:26 /../../.. {_tree.Context.SysfsRoot}/fs/cgroup ro shared:9 - cgroup2 cgroup2 rw\n"
            + $"31 24 0:26 / {own.Replace(" ", @"\040", StringComparison.Ordinal)} ro,nosuid - cgroup2 cgroup rw,nsdelegate\n");
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out string? reason);
        Assert.Null(reason);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(3.0, reading.OwnSeconds, 6);
    }

    [Fact]
    public void Create_ContainerScopeOfTheHybridLayout_FindsTheUnifiedMount()
    {
        WriteGroup("/service", 7_000_000, mount: "fs/cgroup/unified");
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out string? reason);
        Assert.Null(reason);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(7.0, reading.OwnSeconds, 6);
    }

    [Fact]
    public void TryRead_MachineScope_AllWorkIsOurs()
    {
        _tree.WriteStat(12_345);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Machine, out string? reason);
        Assert.Null(reason);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(123.45, reading.OwnSeconds, 6);
        Assert.Equal(123.45, reading.BusySeconds, 6);
    }

    [Fact]
    public void TryRead_ProcessScope_GrowsWithWorkInMicroseconds()
    {
        _tree.WriteStat(1);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Process, out _);
        Assert.True(times.TryRead(out ProcessorTimesReading before));
        double end = before.OwnSeconds + 0.02;
        double smallestStep = double.MaxValue;
        double last = before.OwnSeconds;
        while (last < end)
        {
            Assert.True(times.TryRead(out ProcessorTimesReading reading));
            double step = reading.OwnSeconds - last;
            Assert.True(step >= 0);
            if (step > 0) smallestStep = Math.Min(smallestStep, step);
            last = reading.OwnSeconds;
        }

        // Steps far below the 10 ms that /proc/self/stat would show.
        Assert.InRange(smallestStep, 0, 0.005);
    }

    [Fact]
    public void TryRead_BusyTimeFalls_NeverGoesBackwards()
    {
        using var busy = new MachineBusyTime(_tree.Context.ProcRoot);
        long ReadAt(long ticks)
        {
            _tree.WriteStat(ticks);
            Assert.Equal(SampleFault.None, busy.TryRead(out long microseconds));
            return microseconds / 10_000;
        }

        Assert.Equal(1000, ReadAt(1000));
        Assert.Equal(1000, ReadAt(997));  // jitter: held,
        Assert.Equal(1001, ReadAt(1001)); // and not counted twice.
        Assert.Equal(1001, ReadAt(5));    // a new beginning: held,
        Assert.Equal(1021, ReadAt(25));   // and gone on from there.
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage\n")]
    public void TryRead_StatDamaged_IsFalseAndRecovers(string damage)
    {
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Machine, out _);
        _tree.WriteProc("stat", damage);
        Assert.False(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(0, reading.BusySeconds);
        _tree.WriteStat(200);
        Assert.True(times.TryRead(out reading));
        Assert.Equal(2.0, reading.BusySeconds, 6);
    }

    [Fact]
    public void TryRead_OwnTimeUnreadable_IsFalse()
    {
        _tree.WriteStat(100);
        var own = new FakeBusyTime { Fault = SampleFault.InputOutput };
        using var times = new ProcessorTimes(new MachineBusyTime(_tree.Context.ProcRoot), own, 2);
        Assert.False(times.TryRead(out _));
    }

    [Theory]
    [InlineData("0-3,8\n", 5)]
    [InlineData("junk\n", 3)]
    public void Create_ProcessorCount_IsTheOnlineListElseTheLinesOfStat(string online, int count)
    {
        _tree.WriteSys("devices/system/cpu/online", online);
        _tree.WriteStat(100, processors: 3);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Process, out _);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(count, reading.ProcessorCount);
    }

    [Theory]
    [InlineData(EnergyScope.Process)]
    [InlineData(EnergyScope.Container)]
    [InlineData(EnergyScope.Machine)]
    public void TryRead_AfterWarmUp_AllocatesNothing(EnergyScope scope)
    {
        WriteGroup("/a", 5);
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, scope, out _);
        Assert.Equal(0, ReadAllocations.Count(() => times.TryRead(out _)));
    }

    [Theory]
    [InlineData(EnergyScope.Process)]
    [InlineData(EnergyScope.Container)]
    [InlineData(EnergyScope.Machine)]
    public void TryRead_ThrottledSeconds_AreThoseOfOurGroupAndThoseAboveIt(EnergyScope scope)
    {
        WriteGroup("/pods", 5, throttledMicroseconds: 2_000_000);
        WriteGroup("/pods/ours", 5, throttledMicroseconds: 250_000);
        WriteGroup("/pods/theirs", 5, throttledMicroseconds: 40_000_000);
        _tree.WriteProc("self/cgroup", "0::/pods/ours\n");
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, scope, out _);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.Equal(2.25, reading.ThrottledSeconds, 9);
        WriteGroup("/pods/ours", 5, throttledMicroseconds: 1_250_000);
        _tree.WriteProc("self/cgroup", "0::/pods/ours\n");
        Assert.True(times.TryRead(out reading));
        Assert.Equal(3.25, reading.ThrottledSeconds, 9);
    }

    [Theory]
    [InlineData("usage_usec 5\n")]
    [InlineData("usage_usec 5\nthrottled_usec\n")]
    [InlineData("usage_usec 5\nthrottled_usec x\n")]
    [InlineData("usage_usec 5\nthrottled_usec 12")]
    public void TryRead_NoThrottledTime_IsNotANumber_AndTheShareIsKnown(string stat)
    {
        WriteGroup("/a", 5);
        _tree.WriteSys("fs/cgroup/a/cpu.stat", stat);
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Container, out _);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.True(double.IsNaN(reading.ThrottledSeconds));
        Assert.Equal(5e-6, reading.OwnSeconds, 9);
    }

    [Fact]
    public void TryRead_WithoutGroup_ThrottledSecondsAreUnknown()
    {
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Process, out _);
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.True(double.IsNaN(reading.ThrottledSeconds));
    }

    [Fact]
    public void TryRead_ThrottledTimeVanishes_IsNotANumberUntilItReturns()
    {
        WriteGroup("/a", 5, throttledMicroseconds: 1_000_000);
        _tree.WriteStat(100);
        using ProcessorTimes times = ProcessorTimesFactory.Create(_tree.Context, EnergyScope.Process, out _);
        _tree.WriteSys("fs/cgroup/a/cpu.stat", "");
        Assert.True(times.TryRead(out ProcessorTimesReading reading));
        Assert.True(double.IsNaN(reading.ThrottledSeconds));
        WriteGroup("/a", 5, throttledMicroseconds: 1_500_000);
        Assert.True(times.TryRead(out reading));
        Assert.Equal(1.5, reading.ThrottledSeconds, 9);
    }

    [Fact]
    public void ReadAllocations_OfAnAllocation_SeesIt() =>
        Assert.True(ReadAllocations.Count(() => GC.KeepAlive(new object())) >= 1000 * 24);

    // As a current kernel prints it, with the longest numbers it has.
    private static string Stat(long usage, long? throttled) =>
        $"usage_usec {usage}\nuser_usec {long.MaxValue / 100}\nsystem_usec {long.MaxValue / 100}\nnice_usec {long.MaxValue / 100}\n"
        + $"core_sched.force_idle_usec {long.MaxValue / 100}\nnr_periods {int.MaxValue}\nnr_throttled {int.MaxValue}\n"
        + (throttled is null ? "" : $"throttled_usec {throttled}\n") + $"nr_bursts {int.MaxValue}\nburst_usec 0\n";

    private void WriteGroup(string path, long usageMicroseconds, string mount = "fs/cgroup", long? throttledMicroseconds = null)
    {
        _tree.WriteProc("self/cgroup", $"1:name=systemd:/x\n0::{path}\n");
        _tree.WriteSys($"{mount}{path}/cgroup.events", "populated 1\nfrozen 0\n");
        _tree.WriteSys($"{mount}{path}/cpu.stat", Stat(usageMicroseconds, throttledMicroseconds));
    }
}
