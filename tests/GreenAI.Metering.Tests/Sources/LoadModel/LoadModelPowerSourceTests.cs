namespace GreenAI.Metering.Tests;

public sealed class LoadModelPowerSourceTests : IDisposable
{
    private const string Milan = "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\nstepping\t: 1\n\n";
    private const double Idle = 0.456;
    private const double Full = 1.957;

    private readonly SensorTree _tree = new();

    public LoadModelPowerSourceTests()
    {
        _tree.WriteProc("cpuinfo", Milan);
        _tree.WriteSys("devices/system/cpu/online", "0-1\n");
        _tree.WriteStat(5000);
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Read_SaturatedTwentySeconds_IsTheFormulaWhoeverSamplesAndHoweverOften_M4()
    {
        using IPowerSource once = Detect();
        using IPowerSource often = Detect();
        Run(seconds: 20, busyProcessors: 2, () => ReadOnAnotherThread(often));

        // 20 s × 2 threads × 1.957 W: no state of a thread is lost, no sample is missed.
        Assert.Equal(20 * 2 * Full, Joules(once), 6);
        Assert.Equal(ReadOne(once).Microjoules, ReadOne(often).Microjoules);
    }

    [Fact]
    public void Read_IdleTenSeconds_IsTheIdlePower()
    {
        using IPowerSource source = Detect();
        Assert.Equal(0, ReadOne(source).Microjoules);
        Run(seconds: 10, busyProcessors: 0);
        Assert.Equal(10 * 2 * Idle, Joules(source), 6);
        Assert.Equal(2 * Idle, source.Devices[0].IdlePower!.Value.Watts, 6);
    }

    [Fact]
    public void Read_HalfBusy_IsBetween()
    {
        using IPowerSource source = Detect();
        Run(seconds: 10, busyProcessors: 1);
        Assert.Equal((10 * 2 * Idle) + (10 * 1 * (Full - Idle)), Joules(source), 6);
    }

    [Fact]
    public void Read_ThousandDays_LosesNoMicrojoule()
    {
        using IPowerSource source = Detect();
        _tree.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(2 * 456_000L * 86_400 * 1000, ReadOne(source).Microjoules);
    }

    [Theory]
    [InlineData("50000 100000\n", 0.5)]
    [InlineData("max 100000\n", 2)]
    [InlineData("400000 100000\n", 2)]
    [InlineData("broken\n", 2)]
    public void Detect_ProcessorQuota_LimitsTheIdlePart(string quota, double processors)
    {
        _tree.WriteProc("self/cgroup", "0::/pod/container\n");
        _tree.WriteSys("fs/cgroup/pod/container/cpu.stat", "usage_usec 1\n");
        _tree.WriteSys("fs/cgroup/pod/container/cgroup.events", "populated 1\n");
        _tree.WriteSys("fs/cgroup/pod/cpu.max", quota); // The pod's limit holds for the container.
        using IPowerSource source = Detect();
        Run(seconds: 10, busyProcessors: 0);
        Assert.Equal(10 * processors * Idle, Joules(source), 5);
    }

    [Fact]
    public void Detect_KnownProcessor_DescribesItself()
    {
        SourceDetection detection = LoadModelDetection.Detect(_tree.Context);
        using IPowerSource source = detection.Source!;
        PowerDevice device = Assert.Single(source.Devices);
        Assert.Equal("load-model", source.Name);
        Assert.Equal(("load-model:cpu", "2 vCPU, EPYC 3rd generation"), (device.Id, device.Name));
        Assert.Equal((MeasurementTier.Modelled, EnergyDomain.CpuPackage), (device.Tier, device.Domain));
        Assert.Equal(RelativeUncertainty.Symmetric(0.40), device.Uncertainty);
        Assert.Equal(TimeSpan.FromMilliseconds(10), device.UpdatePeriod);
        Assert.True(device.SharedByCpuTime);
        Assert.Equal(0, device.CounterRangeMicrojoules);
        Assert.Contains("Cloud Carbon Footprint", device.Remark, StringComparison.Ordinal);
        Assert.Equal(MeasurementTier.Modelled, ReadOne(source).Tier);
        Assert.Same(device, Assert.Single(Assert.Single(detection.Findings).Devices));
    }

    [Fact]
    public void MaxPower_ATickInOneMillisecond_IsStillPlausible()
    {
        using IPowerSource source = Detect();
        _tree.WriteStat(5000 + 2); // Both processors, one tick of 10 ms each.
        _tree.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Joules(source) / 0.001 <= source.Devices[0].MaxPower.Watts);
    }

    [Fact]
    public void Detect_NothingReadable_IsGenericAndCountsThisProcessOnly()
    {
        using var empty = new SensorTree();
        using IPowerSource source = LoadModelDetection.Detect(empty.Context).Source!;
        PowerDevice device = Assert.Single(source.Devices);
        Assert.Equal(new RelativeUncertainty(0.57, 0.73), device.Uncertainty);
        Assert.False(device.SharedByCpuTime);
        Assert.Contains("Only this process's own processor time", device.Remark, StringComparison.Ordinal);
        Assert.StartsWith($"{Environment.ProcessorCount} vCPU, unknown processor", device.Name, StringComparison.Ordinal);

        long before = ReadOne(source).Microjoules;
        long after = before;
        for (int i = 0; i < 10_000_000 && after - before < 1000; i++) after = ReadOne(source).Microjoules;
        Assert.True(after - before >= 1000, "The work of this process was not seen.");
    }

    [Theory]
    [InlineData("", SampleFault.Malformed)]
    [InlineData("cpu  1 2 3\n", SampleFault.Malformed)]
    [InlineData("cpu  100000000000000 0 0 0 0 0 100000000000000\n", SampleFault.Malformed)]
    public void Read_StatDamaged_IsAFailedSampleAndLosesNothing(string damage, SampleFault fault)
    {
        using IPowerSource source = Detect();
        Run(seconds: 5, busyProcessors: 2);
        string stat = File.ReadAllText(Path.Combine(_tree.Context.ProcRoot, "stat"));
        _tree.WriteProc("stat", damage);
        PowerSample failed = ReadOne(source);
        Assert.Equal((MeasurementTier.Unavailable, fault), (failed.Tier, failed.Fault));
        _tree.WriteProc("stat", stat);
        Assert.Equal(5 * 2 * Full, Joules(source), 6);
    }

    [Fact]
    public void Read_AbsurdBusyTime_IsMalformedNotNegative()
    {
        var busy = new FakeBusyTime();
        var device = new PowerDevice { Id = "x", Name = "x", Domain = EnergyDomain.CpuPackage, Tier = MeasurementTier.Modelled };
        using var source = new LoadModelPowerSource(device, busy, 0, Power.FromWatts(6), _tree.Clock);
        busy.Microseconds = long.MaxValue;
        Assert.Equal(SampleFault.Malformed, ReadOne(source).Fault);
    }

    [Fact]
    public void Read_Timestamp_IsTheMiddleOfTheRead()
    {
        var clock = new StepClock(1000);
        using IPowerSource source = LoadModelDetection.Detect(_tree.Context with { TimeProvider = clock }).Source!;
        long start = clock.Now;
        Assert.Equal(start + 1000 + 500, ReadOne(source).Timestamp);
    }

    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        using IPowerSource source = Detect();
        var samples = new PowerSample[1];
        Assert.Equal(0, ReadAllocations.Count(() => source.Read(samples)));
    }

    private static double Joules(IPowerSource source) => ReadOne(source).Microjoules / 1e6;

    private static PowerSample ReadOne(IPowerSource source)
    {
        var samples = new PowerSample[1];
        source.Read(samples);
        return samples[0];
    }

    private static void ReadOnAnotherThread(IPowerSource source)
    {
        var thread = new Thread(() => ReadOne(source));
        thread.Start();
        thread.Join();
    }

    private IPowerSource Detect() => LoadModelDetection.Detect(_tree.Context).Source!;

    private void Run(int seconds, int busyProcessors, Action? eachHalfSecond = null)
    {
        long ticks = 5000;
        for (int i = 0; i < seconds * 2; i++)
        {
            _tree.Clock.Advance(TimeSpan.FromMilliseconds(500));
            _tree.WriteStat(ticks += 50 * busyProcessors);
            eachHalfSecond?.Invoke();
        }
    }
}
