using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Tests;

public sealed class RaplDetectionTests
{
    [Fact]
    public void Detect_Devices_AreDescribedAsMeasured()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Dram = true, MaxPowerMicrowatts = 125_000_000 });
        PowerDevice package = rig.Source.Devices[0];
        PowerDevice dram = rig.Source.Devices[1];
        Assert.Equal(EnergyDomain.CpuPackage, package.Domain);
        Assert.Equal(EnergyDomain.Dram, dram.Domain);
        Assert.Equal(262_143_328_850, package.CounterRangeMicrojoules);
        Assert.Equal(65_712_999_613, dram.CounterRangeMicrojoules);
        Assert.Equal(Power.FromWatts(500), package.MaxPower);
        Assert.Equal(Power.FromWatts(2000), dram.MaxPower);
        Assert.All(rig.Source.Devices, static device =>
        {
            Assert.Equal(MeasurementTier.Measured, device.Tier);
            Assert.Equal(TimeSpan.FromMilliseconds(1), device.UpdatePeriod);
            Assert.Equal(RelativeUncertainty.Symmetric(0.10), device.Uncertainty);
            Assert.True(device.SharedByCpuTime);
            Assert.Equal(DeviceReading.EnergyCounter, device.Reading);
        });
    }

    [Theory]
    [InlineData(0, 2000)]
    [InlineData(6_000_000, 250)]
    [InlineData(65_000_000, 260)]
    [InlineData(900_000_000, 2000)]
    public void Detect_StatedMaxPower_FourTimesThatWithinBounds(long statedMicrowatts, double watts)
    {
        using RaplRig rig = new(new PowercapTreeOptions { MaxPowerMicrowatts = statedMicrowatts });
        Assert.Equal(watts, rig.Source.Devices[0].MaxPower.Watts);
    }

    [Fact]
    public void Detect_NoRange_CounterRangeIsZero()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0", range: 0);
        Assert.Equal(0, rig.Source.Devices[0].CounterRangeMicrojoules);
    }

    [Theory]
    [InlineData("class")]
    [InlineData("devices")]
    public void Detect_OneLayoutOnly_FoundThroughTheOther(string removed)
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, Dram = true });
        if (removed == "devices") FlattenClass(rig);
        Directory.Delete(Path.Combine(rig.Root, removed), recursive: true);
        Assert.Equal(["rapl:package-0", "rapl:package-0/dram", "rapl:package-1", "rapl:package-1/dram"], rig.Ids());
        Assert.All(rig.Tick(), static sample => Assert.Equal(1_000_000_000, sample.Microjoules));
    }

    [Theory]
    [InlineData("")]
    [InlineData("class/powercap")]
    [InlineData("devices/virtual/powercap")]
    [InlineData("devices/virtual/powercap/intel-rapl")]
    public void Z14_MaskedTree_IsAbsentWithARemedy(string folder)
    {
        using TempFolder root = new();
        Directory.CreateDirectory(Path.Combine(root.Path, folder));
        SourceDetection detection = RaplDetection.Detect(new SourceContext(root.Path, "/proc", TimeProvider.System));
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.NotFound, finding.Status);
        Assert.Contains("read-only", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("GreenAI:SysfsRoot", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void L3_UnreadableCounters_SafeRemediesOnly()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, Dram = true });
        foreach (PowercapZone zone in rig.Tree.Zones) zone.Break(PowercapFault.Unreadable);
        Assert.Null(rig.Detection.Source);
        SourceFinding finding = Assert.Single(rig.Detection.Findings);
        Assert.Equal(SourceStatus.Unreadable, finding.Status);
        Assert.Contains("package-1/dram (intel-rapl:1:1)", finding.Reason, StringComparison.Ordinal);
        Assert.Contains("udev", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("group", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("tmpfiles.d", finding.Remedy, StringComparison.Ordinal);
        foreach (string unsafeWord in (string[])["chmod", "a+r", "o+r", "0444", "0644", "world"])
        {
            Assert.DoesNotContain(unsafeWord, finding.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Detect_OneZoneUnreadable_OthersUsedAndTheGapReported()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Dram = true });
        rig.Tree.Zone("package-0/dram").Break(PowercapFault.Unreadable);
        Assert.Equal(["rapl:package-0", "rapl:package-0/dram"], rig.Ids());
        Assert.Equal([SourceStatus.Used, SourceStatus.Unreadable], rig.Detection.Findings.Select(static finding => finding.Status));
        PowerSample[] samples = rig.Tick();
        Assert.Equal(SampleFault.None, samples[0].Fault);
        Assert.Equal(SampleFault.NoPermission, samples[1].Fault);
    }

    [Fact]
    public void Detect_AllCountersBroken_IsFailed()
    {
        using RaplRig rig = new(new PowercapTreeOptions());
        rig.Tree.Zone("package-0").Break(PowercapFault.Eio);
        Assert.Null(rig.Detection.Source);
        Assert.Equal(SourceStatus.Failed, Assert.Single(rig.Detection.Findings).Status);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("package-0\0\n")]
    [InlineData("package-0\nx")]
    [InlineData("pack age\n")]
    [InlineData("päckage-0\n")]
    [InlineData("package-0000000000000000000000000000000000000000000000000000000000000000\n")]
    public void Detect_HostileName_ZoneIgnored(string name)
    {
        using RaplRig rig = new(new PowercapTreeOptions { Core = false });
        File.WriteAllText(Path.Combine(rig.Tree.Zone("package-0").DirectoryPath, "name"), name);
        Assert.Null(rig.Detection.Source);
    }

    // What a container sees that mounts only class/powercap with its links followed.
    private static void FlattenClass(RaplRig rig)
    {
        foreach (PowercapZone zone in rig.Tree.Zones)
        {
            string flat = Path.Combine(rig.Root, "class", "powercap", zone.DirectoryName);
            File.Delete(flat);
            Directory.CreateDirectory(flat);
            foreach (string file in Directory.GetFiles(zone.DirectoryPath)) File.Copy(file, Path.Combine(flat, Path.GetFileName(file)));
        }
    }
}
