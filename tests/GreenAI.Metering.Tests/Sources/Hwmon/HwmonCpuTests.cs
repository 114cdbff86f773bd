using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class HwmonCpuTests : IDisposable
{
    private readonly SensorTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Detect_NoHwmonAtAll_IsAClearFinding_Z14()
    {
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: false);
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(("hwmon", SourceStatus.NotFound), (finding.Source, finding.Status));
        Assert.Contains("has no sensors, which is usual in containers and virtual machines", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_MaskedClass_IsAClearFinding_Z14()
    {
        Directory.CreateDirectory(Path.Combine(_tree.Context.SysfsRoot, "class", "hwmon"));
        SourceFinding finding = Assert.Single(HwmonDetection.Detect(_tree.Context, false).Findings);
        Assert.Equal(SourceStatus.NotFound, finding.Status);
    }

    [Fact]
    public void Detect_OnlyTemperatureChips_SaysHowMany()
    {
        _tree.AddChip(0, "coretemp", "coretemp.0");
        _tree.AddChip(1, "nvme", "nvme0");
        SourceFinding finding = Assert.Single(HwmonDetection.Detect(_tree.Context, false).Findings);
        Assert.Contains("None of the 2 chips", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AmdEnergy_SumsTheSocketsAndNeverTheCores()
    {
        _tree.AddChip(0, "amd_energy", "amd_energy.0");
        string[] labels = ["Ecore000", "Ecore001", "Esocket0", "Esocket1"];
        for (int i = 0; i < labels.Length; i++)
        {
            _tree.WriteChip(0, $"energy{i + 1}_label", labels[i] + "\n");
            _tree.WriteChip(0, $"energy{i + 1}_input", "1000000\n");
        }

        using IPowerSource source = Detect();
        Assert.Equal(["hwmon:amd_energy-0", "hwmon:amd_energy-1"], source.Devices.Select(device => device.Id));
        Assert.All(source.Devices, device => Assert.Equal(EnergyDomain.CpuPackage, device.Domain));
        Assert.All(source.Devices, device => Assert.Equal(RelativeUncertainty.Symmetric(0.1), device.Uncertainty));
        double before = Joules(source);
        for (int i = 1; i <= 4; i++) _tree.WriteChip(0, $"energy{i}_input", "6000000\n");
        Assert.Equal(10.0, Joules(source) - before, 9);
    }

    [Fact]
    public void Read_Grace_SumsTheGraceSocketsOnly()
    {
        AddMeter(0, "Module Power Socket 0", 900_000_000);
        AddMeter(1, "GRACE POWER SOCKET 0", 250_000_000, intervalMilliseconds: 50);
        AddMeter(2, "CPU Power Socket 0", 180_000_000);
        AddMeter(3, "SysIO Power Socket 0", 20_000_000);
        AddMeter(4, "Grace Power Socket 1", 240_000_000);
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, false);
        using IPowerSource source = detection.Source!;

        Assert.Equal(["hwmon:grace-0", "hwmon:grace-1"], source.Devices.Select(device => device.Id));
        Assert.All(source.Devices, device => Assert.Equal(TimeSpan.FromMilliseconds(50), device.UpdatePeriod));
        Assert.Equal(490.0, (Watts(source) * TimeSpan.FromSeconds(1)).Joules, 9);
        Assert.Contains(detection.Findings, f => f.Reason.Contains("SysIO meter of socket 0 lies inside Grace", StringComparison.Ordinal));
        Assert.Contains(detection.Findings, f => f.Reason.Contains("hwmon:module-0 covers the machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_GraceBesideNvml_IsGraceAlone_AndTheModuleIsNotAdded()
    {
        AddMeter(0, "MODULE POWER SOCKET 0", 900_000_000);
        AddMeter(1, "grace power socket 0", 250_000_000);
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: false, gpuAlreadyMetered: true);
        using IPowerSource source = detection.Source!;
        Assert.Equal("hwmon:grace-0", Assert.Single(source.Devices).Id);
        Assert.Contains(detection.Findings, f => f.Reason.Contains("hwmon:module-0 covers the machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_ModuleBesideNvml_IsNotUsed()
    {
        AddMeter(0, "Module Power Socket 0", 900_000_000);
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: false, gpuAlreadyMetered: true);
        Assert.Null(detection.Source);
        Assert.Contains(detection.Findings, f => f.Reason.Contains("hwmon:module-0 covers the machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ModuleWithoutGrace_IsThePlatform()
    {
        AddMeter(0, "Module Power Socket 0", 900_000_000);
        AddMeter(1, "Module Power Socket 1", 800_000_000);
        AddMeter(2, "CPU Power Socket 0", 180_000_000);
        using IPowerSource source = Detect();
        Assert.Equal(["hwmon:module-0", "hwmon:module-1"], source.Devices.Select(device => device.Id));
        Assert.All(source.Devices, device => Assert.Equal(EnergyDomain.Platform, device.Domain));
        Assert.Equal(1700.0, Watts(source).Watts, 9);
    }

    [Fact]
    public void Read_AcpiMeter_IsThePlatform()
    {
        AddMeter(0, "Some Vendor", 325_000_499, intervalMilliseconds: 2000);
        using IPowerSource source = Detect();
        PowerDevice device = Assert.Single(source.Devices);
        Assert.Equal(("hwmon:power_meter-0", EnergyDomain.Platform), (device.Id, device.Domain));
        Assert.Equal(TimeSpan.FromSeconds(2), device.UpdatePeriod);
        Assert.Equal(325.0, Watts(source).Watts, 9);
    }

    [Theory]
    [InlineData("0\n")]
    [InlineData("60001\n")]
    [InlineData("-5\n")]
    [InlineData("soon\n")]
    public void Detect_AbsurdInterval_IsTakenAsOneSecond(string interval)
    {
        AddMeter(0, "Some Vendor", 325_000_000);
        _tree.WriteChip(0, "device/power1_average_interval", interval);
        using IPowerSource source = Detect();
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(source.Devices).UpdatePeriod);
    }

    [Fact]
    public void Detect_CpuAlreadyMetered_LeavesCpuSensorsAlone()
    {
        AddMeter(0, "Grace Power Socket 0", 250_000_000);
        AddMeter(1, "Some Vendor", 325_000_000);
        _tree.AddChip(2, "amd_energy", "amd_energy.0");
        _tree.WriteChip(2, "energy1_label", "Esocket0\n");
        _tree.WriteChip(2, "energy1_input", "1\n");
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, cpuAlreadyMetered: true);
        Assert.Null(detection.Source);
        Assert.Equal(3, detection.Findings.Count(finding => finding.Status == SourceStatus.NotNeeded));
    }

    [Theory]
    [InlineData("measures a battery")]
    [InlineData("may overlap another power meter")]
    [InlineData("parts of which are already metered")]
    public void Detect_MetersThatWouldCountTwice_AreNotAdded(string why)
    {
        AddMeter(0, "Some Vendor", 325_000_000);
        AddMeter(1, "Some Vendor", 100_000_000);
        if (why.Contains("battery", StringComparison.Ordinal)) _tree.WriteChip(1, "device/power1_is_battery", "1\n");
        if (why.Contains("parts", StringComparison.Ordinal))
        {
            _tree.AddChip(2, "amdgpu", "0000:03:00.0");
            _tree.WriteChip(2, "power1_average", "325000000\n");
        }

        SourceDetection detection = HwmonDetection.Detect(_tree.Context, false);
        using IPowerSource source = detection.Source!;
        Assert.Equal(325.0, Watts(source).Watts, 9);
        Assert.Contains(detection.Findings, finding => finding.Reason.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_FailingCpuSensor_IsNotUsedSoThatAnEstimateCanBe()
    {
        AddMeter(0, "Some Vendor", 1);
        _tree.WriteChip(0, "device/power1_average", "broken\n");
        SourceDetection detection = HwmonDetection.Detect(_tree.Context, false);
        Assert.Null(detection.Source);
        Assert.Contains(detection.Findings, finding => finding.Status == SourceStatus.Failed);
    }

    [Fact]
    public void Detect_NoPermission_SaysSoWithARemedy()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "File modes do not stop a privileged process.");
        AddMeter(0, "Some Vendor", 325_000_000);
        string path = Path.Combine(_tree.Context.SysfsRoot, "class", "hwmon", "hwmon0", "device", "power1_average");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        SourceFinding finding = HwmonDetection.Detect(_tree.Context, false).Findings[1];
        Assert.Equal(SourceStatus.Unreadable, finding.Status);
        Assert.Contains("udev rule", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_AnyText_NeverThrowsAndStaysInBounds()
    {
        string[] names = ["amdgpu", "i915", "i915_gt0", "xe", "amd_energy", "power_meter"];
        Gen<string> text = Gen.OneOf(
            Gen.String,
            Gen.OneOfConst("\n", "0\n", "1\n", "-1\n", "vddnb\n", "Esocket", "Grace", " Power Socket ", "9999999999999999999", "\0", "é")
                .Array[0, 6].Select(string.Concat));
        Gen.Select(Gen.OneOfConst(names), text, text, text).Sample(
            (name, label, number, noise) =>
            {
                using var tree = new SensorTree();
                tree.AddChip(0, name, "0000:03:00.0");
                tree.AddChip(1, noise, "0000:04:00.0");
                foreach (string attribute in new[] { "in1_label", "energy1_label", "power1_oem_info", "power1_is_battery" })
                    tree.WriteChip(0, attribute, label);
                foreach (string attribute in new[] { "energy1_input", "energy2_input", "power1_average", "power1_average_interval" })
                    tree.WriteChip(0, attribute, number);
                SourceDetection detection = HwmonDetection.Detect(tree.Context, cpuAlreadyMetered: false);
                using IPowerSource? source = detection.Source;
                var samples = new PowerSample[source?.Devices.Count ?? 0];
                source?.Read(samples);
                Assert.All(samples, sample => Assert.True(sample is { Microjoules: >= 0, Milliwatts: >= 0 }));
                Assert.All(detection.Findings, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
            },
            iter: 200, threads: 1);
    }

    private static double Joules(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        source.Read(samples);
        return samples.Sum(sample => sample.Microjoules) / 1e6;
    }

    private static Power Watts(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        source.Read(samples);
        return Power.FromMilliwatts(samples.Sum(sample => sample.Milliwatts));
    }

    private IPowerSource Detect() => Assert.IsType<HwmonPowerSource>(HwmonDetection.Detect(_tree.Context, false).Source);

    // The ACPI driver keeps its attributes in the device's directory.
    private void AddMeter(int number, string oemInfo, long microwatts, int? intervalMilliseconds = null)
    {
        _tree.AddChip(number, "power_meter", $"ACPI000D:0{number}");
        _tree.WriteChip(number, "device/power1_oem_info", oemInfo + "\n");
        _tree.WriteChip(number, "device/power1_is_battery", "0\n");
        _tree.WriteChip(number, "device/power1_average", $"{microwatts}\n");
        if (intervalMilliseconds is { } interval) _tree.WriteChip(number, "device/power1_average_interval", $"{interval}\n");
    }
}
