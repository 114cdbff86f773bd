namespace GreenAI.Metering.Tests;

public sealed class HwmonGpuTests : IDisposable
{
    private readonly SensorTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Read_TwoGcdsOfOnePackage_CountsThePowerOnce_G7()
    {
        AddAmd(0, "0000:c1:00.0", microwatts: 300_000_000);
        AddAmd(1, "0000:c5:00.0", microwatts: 0);
        using IPowerSource source = Detect(out IReadOnlyList<SourceFinding> findings);

        PowerDevice device = Assert.Single(source.Devices);
        Assert.Equal("hwmon:amdgpu-0000:c1:00.0", device.Id);
        Assert.Equal(300.0, (TotalPower(source) * TimeSpan.FromSeconds(1)).Joules, 9);
        Assert.Contains(findings, finding =>
            finding.Status == SourceStatus.NotNeeded && finding.Reason.Contains("0000:c5:00.0 reads exactly 0 W", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_I915AndItsTile_CountsTheEnergyOnce_G7()
    {
        AddCounter(0, "i915", "0000:03:00.0", 1, 5_000_000);
        AddCounter(1, "i915_gt0", "0000:03:00.0", 1, 5_000_000);
        using IPowerSource source = Detect(out IReadOnlyList<SourceFinding> findings);
        long before = TotalMicrojoules(source);
        _tree.WriteChip(0, "energy1_input", "15000000\n");
        _tree.WriteChip(1, "energy1_input", "15000000\n");

        Assert.Equal(10.0, (TotalMicrojoules(source) - before) / 1e6, 9);
        Assert.Equal("hwmon:i915-0000:03:00.0", Assert.Single(source.Devices).Id);
        Assert.Contains(findings, finding => finding.Reason.Contains("i915_gt0-0000:03:00.0 lies inside i915", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_XeCardAndPackage_CountsTheCardOnly_G7()
    {
        AddCounter(0, "xe", "0000:03:00.0", 1, 5_000_000);
        _tree.WriteChip(0, "energy2_input", "4000000\n");
        using IPowerSource source = Detect(out _);
        long before = TotalMicrojoules(source);
        _tree.WriteChip(0, "energy1_input", "15000000\n");
        _tree.WriteChip(0, "energy2_input", "14000000\n");

        Assert.Single(source.Devices);
        Assert.Equal(10.0, (TotalMicrojoules(source) - before) / 1e6, 9);
    }

    [Fact]
    public void Read_XeWithoutCardCounter_ReadsThePackage()
    {
        AddCounter(0, "xe", "0000:03:00.0", 2, 4_000_000);
        using IPowerSource source = Detect(out _);
        Assert.Equal(4.0, TotalMicrojoules(source) / 1e6, 9);
    }

    [Fact]
    public void Read_TilesOfAnotherDevice_AreCounted()
    {
        AddCounter(0, "i915", "0000:03:00.0", 1, 1_000_000);
        AddCounter(1, "i915_gt0", "0000:04:00.0", 1, 2_000_000);
        AddCounter(2, "i915_gt1", "0000:04:00.0", 1, 4_000_000);
        using IPowerSource source = Detect(out _);
        Assert.Equal(7.0, TotalMicrojoules(source) / 1e6, 9);
    }

    [Theory]
    [InlineData("i915")]
    [InlineData("xe")]
    public void Detect_IntegratedGraphicsInAMeteredProcessor_IsNotAdded(string driver)
    {
        AddCounter(0, driver, "0000:00:02.0", 1, 1_000_000);
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: true);
        Assert.Null(detection.Source);
        Assert.Contains(detection.Findings, finding => finding.Reason.Contains("graphics inside the processor", StringComparison.Ordinal));

        using IPowerSource alone = Detect(out _);
        Assert.Equal(EnergyDomain.Gpu, Assert.Single(alone.Devices).Domain);
    }

    [Fact]
    public void Detect_Apu_IsTheProcessorUnlessItIsAlreadyMetered()
    {
        AddAmd(0, "0000:05:00.0", microwatts: 28_000_000);
        _tree.WriteChip(0, "in1_label", "vddnb\n");
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: true);
        Assert.Null(detection.Source);
        Assert.Contains(detection.Findings, finding => finding.Reason.Contains("is an APU", StringComparison.Ordinal));

        using IPowerSource alone = Detect(out _);
        PowerDevice device = Assert.Single(alone.Devices);
        Assert.Equal(EnergyDomain.CpuPackage, device.Domain);
        Assert.True(device.SharedByCpuTime);
    }

    [Theory]
    [InlineData("0x74a0\n", true)]
    [InlineData("0x74a1\n", false)]
    public void Detect_Mi300A_IsAnApuThoughItHasNoNorthBridgeVoltage(string pciDevice, bool apu)
    {
        AddAmd(0, "0000:05:00.0", microwatts: 300_000_000);
        _tree.WriteChip(0, "device/device", pciDevice);
        using IPowerSource? beside = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: true).Source;
        Assert.Equal(apu, beside is null);
        using IPowerSource alone = Detect(out _);
        Assert.Equal(apu ? EnergyDomain.CpuPackage : EnergyDomain.Gpu, Assert.Single(alone.Devices).Domain);
    }

    [Theory]
    [InlineData("amdgpu", "power1_average", "power1_cap")]
    [InlineData("i915", "energy1_input", "power1_max")]
    [InlineData("xe", "energy1_input", "power1_max")]
    [InlineData("xe", "energy2_input", "power2_max")]
    public void PowerLimit_IsTheSustainedOneOfTheChannelRead(string driver, string reading, string limit)
    {
        _tree.AddChip(0, driver, "0000:03:00.0");
        _tree.WriteChip(0, reading, "5000000\n");
        foreach (string attribute in new[] { "power1_cap", "power1_max", "power2_max", "power1_cap_max", "power1_rated_max" })
            _tree.WriteChip(0, attribute, "1000000\n");
        _tree.WriteChip(0, limit, "225000000\n");
        using IPowerSource source = Detect(out _);
        Assert.Equal(225, Assert.Single(source.Devices).PowerLimit?.Watts);
    }

    [Theory]
    [InlineData("0\n")]
    [InlineData("none\n")]
    [InlineData(null)]
    public void PowerLimit_SwitchedOffOrUnknown_IsNull(string? limit)
    {
        AddAmd(0, "0000:03:00.0", microwatts: 1_000_000);
        if (limit is not null) _tree.WriteChip(0, "power1_cap", limit);
        using IPowerSource source = Detect(out _);
        Assert.Null(Assert.Single(source.Devices).PowerLimit);
    }

    [Fact]
    public void Read_SeveralApus_CountsEverySocket()
    {
        AddAmd(0, "0000:05:00.0", microwatts: 300_000_000);
        AddAmd(1, "0001:05:00.0", microwatts: 200_000_000);
        _tree.WriteChip(0, "in1_label", "vddnb\n");
        _tree.WriteChip(1, "in1_label", "vddnb\n");
        using IPowerSource source = Detect(out _);
        Assert.Equal(500.0, (TotalPower(source) * TimeSpan.FromSeconds(1)).Joules, 9);
    }

    [Fact]
    public void Detect_Board_DescribesItself()
    {
        AddAmd(0, "0000:03:00.0", microwatts: 28_000_000);
        using IPowerSource source = Detect(out IReadOnlyList<SourceFinding> findings, cpuAlreadyMetered: true);
        PowerDevice device = Assert.Single(source.Devices);
        Assert.Equal((EnergyDomain.Gpu, DeviceReading.Power, false), (device.Domain, device.Reading, device.SharedByCpuTime));
        Assert.Equal(RelativeUncertainty.Symmetric(0.25), device.Uncertainty);
        Assert.Equal(TimeSpan.FromMilliseconds(100), device.UpdatePeriod);
        Assert.Equal("hwmon", source.Name);
        Assert.Same(device, Assert.Single(findings[0].Devices));
        Assert.Equal(SourceStatus.Used, findings[0].Status);
    }

    [Theory]
    [InlineData("28499499\n", "1000000\n", 28_499)]
    [InlineData("28499500\n", "1000000\n", 28_500)]
    [InlineData("0\n", "7000000\n", 7_000)]
    [InlineData(null, "7000000\n", 7_000)]
    [InlineData("broken", "7000000\n", 7_000)]
    public void Read_Board_PrefersTheAverageAndRounds(string? average, string input, int milliwatts)
    {
        _tree.AddChip(0, "amdgpu", "0000:03:00.0");
        if (average is not null) _tree.WriteChip(0, "power1_average", average);
        _tree.WriteChip(0, "power1_input", input);
        using IPowerSource source = Detect(out _);
        Assert.Equal(milliwatts, ReadOne(source).Milliwatts);
    }

    [Theory]
    [InlineData("", SampleFault.Malformed)]
    [InlineData("-1\n", SampleFault.Malformed)]
    [InlineData("1,5\n", SampleFault.Malformed)]
    [InlineData("99999999999999999999\n", SampleFault.Malformed)]
    [InlineData("9223372036854775807\n", SampleFault.Malformed)]
    [InlineData("0\n", SampleFault.NoData)]
    [InlineData(null, SampleFault.Gone)]
    public void Read_HostileText_IsAFailedSampleAndRecovers(string? text, SampleFault fault)
    {
        AddAmd(0, "0000:03:00.0", microwatts: 1_000_000);
        using IPowerSource source = Detect(out _);
        _tree.DeleteChip(0, "power1_average");
        if (text is not null) _tree.WriteChip(0, "power1_average", text);
        _tree.Clock.Advance(TimeSpan.FromSeconds(2));
        ReadOne(source); // A held handle shows the old file until it is seen to stand still.
        PowerSample sample = ReadOne(source);
        Assert.Equal((MeasurementTier.Unavailable, fault), (sample.Tier, sample.Fault));

        _tree.WriteChip(0, "power1_average", "2000000\n");
        _tree.Clock.Advance(TimeSpan.FromSeconds(2));
        ReadOne(source);
        Assert.Equal(2_000, ReadOne(source).Milliwatts);
    }

    [Fact]
    public void Detect_SleepingBoard_IsKeptAndFailsUntilItWakes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The unreadable stand-in is a Linux file.");
        _tree.AddChip(0, "amdgpu", "0000:03:00.0");
        string path = Path.Combine(_tree.Context.SysfsRoot, "class", "hwmon", "hwmon0", "power1_average");
        File.CreateSymbolicLink(path, "/proc/self/mem"); // Opens, and answers EIO at offset 0.
        using IPowerSource source = Detect(out _);
        Assert.Equal(SampleFault.InputOutput, ReadOne(source).Fault);

        File.Delete(path);
        _tree.WriteChip(0, "power1_average", "2000000\n");
        Assert.Equal(2_000, ReadOne(source).Milliwatts);
    }

    [Fact]
    public void Detect_WithoutPciAddress_NumbersTheDevices()
    {
        AddAmd(3, "platform-a", 1_000_000);
        AddAmd(12, "platform-b", 2_000_000);
        using IPowerSource source = Detect(out _);
        Assert.Equal(["hwmon:amdgpu-0", "hwmon:amdgpu-1"], source.Devices.Select(device => device.Id));
        Assert.Equal(3.0, TotalPower(source).Watts, 9);
    }

    [Fact]
    public void Read_Timestamp_IsTheMiddleOfTheRead()
    {
        AddAmd(0, "0000:03:00.0", 1_000_000);
        var clock = new StepClock(1000);
        using IPowerSource source = HwmonDetection.Detect(_tree.Context with { TimeProvider = clock }, false).Source!;
        long start = clock.Now;
        Assert.Equal(start + 1000 + 500, ReadOne(source).Timestamp);
    }

    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        AddAmd(0, "0000:03:00.0", 1_000_000);
        AddCounter(1, "xe", "0000:04:00.0", 1, 1_000_000);
        using IPowerSource source = Detect(out _);
        var samples = new PowerSample[source.Devices.Count];
        Assert.Equal(2, samples.Length);
        Assert.Equal(0, ReadAllocations.Count(() => source.Read(samples)));
    }

    private static PowerSample ReadOne(IPowerSource source)
    {
        var samples = new PowerSample[1];
        source.Read(samples);
        return samples[0];
    }

    private static long TotalMicrojoules(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        source.Read(samples);
        Assert.All(samples, sample => Assert.Equal(SampleFlags.Energy, sample.Flags));
        return samples.Sum(sample => sample.Microjoules);
    }

    private static Power TotalPower(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        source.Read(samples);
        Assert.All(samples, sample => Assert.Equal(SampleFlags.Power, sample.Flags));
        return Power.FromMilliwatts(samples.Sum(sample => sample.Milliwatts));
    }

    private IPowerSource Detect(out IReadOnlyList<SourceFinding> findings, bool cpuAlreadyMetered = false)
    {
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered);
        findings = detection.Findings;
        return Assert.IsType<HwmonPowerSource>(detection.Source);
    }

    private void AddAmd(int number, string device, long microwatts)
    {
        _tree.AddChip(number, "amdgpu", device);
        _tree.WriteChip(number, "in0_label", "vddgfx\n");
        _tree.WriteChip(number, "power1_average", $"{microwatts}\n");
    }

    private void AddCounter(int number, string driver, string device, int energy, long microjoules)
    {
        _tree.AddChip(number, driver, device);
        _tree.WriteChip(number, $"energy{energy}_input", $"{microjoules}\n");
    }
}
