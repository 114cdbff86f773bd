using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering.Tests;

public sealed class PerfDetectionTests
{
    [Fact]
    public void Detect_PackagesAndMemoryOfEverySocket_NeverWhatLiesInsideOrAroundThem()
    {
        using PerfRig rig = new("0,18\n");
        rig.Place(0, package: 0);
        rig.Place(18, package: 1);
        Assert.Equal(["perf:package-0", "perf:package-1", "perf:package-0/dram", "perf:package-1/dram"], rig.Ids);
        Assert.Equal([2UL, 2, 3, 3], rig.Kernel.Opened.Select(static opened => BitConverter.ToUInt64(opened.Attributes, 8)));
        Assert.Equal([0, 18, 0, 18], rig.Kernel.Opened.Select(static opened => opened.Processor));
        Assert.All(rig.Kernel.Opened, static opened => Assert.Equal(-1, opened.Process));
        Assert.Equal(
            [EnergyDomain.CpuPackage, EnergyDomain.CpuPackage, EnergyDomain.Dram, EnergyDomain.Dram],
            rig.Source.Devices.Select(static device => device.Domain));
        Assert.All(rig.Source.Devices, static device =>
        {
            Assert.Equal(MeasurementTier.Measured, device.Tier);
            Assert.Equal(0, device.CounterRangeMicrojoules);
            Assert.Equal(Power.FromWatts(2000), device.MaxPower);
            Assert.Equal(RelativeUncertainty.Symmetric(0.10), device.Uncertainty);
            Assert.Null(device.PowerLimit);
            Assert.True(device.SharedByCpuTime);
        });
        SourceFinding finding = Assert.Single(rig.Detection.Findings);
        Assert.Equal(SourceStatus.Used, finding.Status);
        Assert.Contains("energy-pkg on cpu 18", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Attributes_AreTheBytesOfTheKernelsStructure()
    {
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        Assert.Single(rig.Ids);
        byte[] expected = new byte[128];
        expected[0] = 21;
        expected[4] = 128;
        expected[8] = 2;
        Assert.Equal(expected, Assert.Single(rig.Kernel.Opened).Attributes);
    }

    [Fact]
    public void Open_KernelThatKnowsOnlyTheFirstVersion_IsAskedAgainWithThat()
    {
        using PerfRig rig = new();
        rig.Delete("events/energy-ram");
        rig.Kernel.LongestAttributes = 64;
        Assert.Single(rig.Ids);
        Assert.Equal([128, 64], rig.Kernel.Opened.Select(static opened => opened.Attributes.Length));
        Assert.Equal(64, rig.Kernel.Opened[1].Attributes[4]);
    }

    [Fact]
    public void Detect_NoTopology_PackagesAreNamedByTheirProcessor()
    {
        using PerfRig rig = new("0,18\n");
        Assert.Equal(["perf:cpu-0", "perf:cpu-18", "perf:cpu-0/dram", "perf:cpu-18/dram"], rig.Ids);
    }

    [Fact]
    public void Detect_CountersPerDie_AreAllCountedAndNamedByDie()
    {
        using PerfRig rig = new("0-1,4\n");
        rig.Place(0, package: 0, die: 0);
        rig.Place(1, package: 0, die: 1);
        rig.Place(4, package: 1, die: 0);
        Assert.Equal(["perf:package-0-die-0", "perf:package-0-die-1", "perf:package-1"], rig.Ids.Take(3));
    }

    [Theory]
    [InlineData("AuthenticAMD")]
    [InlineData("HygonGenuine")]
    public void Detect_Amd_OneCounterForEachPackageThoughEveryCoreComplexIsListed(string vendor)
    {
        // What kernel 6.9 shows on a Genoa with twelve core complexes, and bogus events of kernels before 5.17.
        using PerfRig rig = new("0,8,16,24,32,40,48,56,64,72,80,88,96\n", vendor);
        for (int complex = 0; complex < 12; complex++) rig.Place(complex * 8, package: 0, die: complex);
        rig.Place(96, package: 1, die: 0);
        Assert.Equal(["perf:package-0", "perf:package-1"], rig.Ids);
    }

    [Fact]
    public void Detect_PowercapOfTheSamePackage_GivesItsLimitAndItsBound()
    {
        using PerfRig rig = new();
        rig.Place(0, package: 0);
        const string Zone = "devices/virtual/powercap/intel-rapl/intel-rapl:0/";
        rig.Tree.WriteSys(Zone + "name", "package-0\n");
        rig.Tree.WriteSys(Zone + "constraint_0_name", "long_term\n");
        rig.Tree.WriteSys(Zone + "constraint_0_power_limit_uw", "150000000\n");
        rig.Tree.WriteSys(Zone + "constraint_0_max_power_uw", "165000000\n");
        PowerDevice package = rig.Source.Devices[0];
        Assert.Equal(150, package.PowerLimit?.Watts);
        Assert.Equal(660, package.MaxPower.Watts);
        Assert.Null(rig.Source.Devices[1].PowerLimit);
    }

    [Fact]
    public void Detect_NoPmu_IsNotFound()
    {
        using SensorTree tree = new();
        SourceDetection detection = PerfDetection.Detect(tree.Context, new FakePerfEvents());
        Assert.Null(detection.Source);
        Assert.Equal(SourceStatus.NotFound, Assert.Single(detection.Findings).Status);
    }

    [Theory]
    [InlineData("type", "software\n", "type is not the number")]
    [InlineData("type", "-1\n", "type is not the number")]
    [InlineData("type", null, "type is not the number")]
    [InlineData("cpumask", "\n", "cpumask is not a list")]
    [InlineData("cpumask", "ff\n", "cpumask is not a list")]
    [InlineData("cpumask", "5,4\n", "cpumask is not a list")]
    [InlineData("cpumask", "0-65535\n", "cpumask lists more processors")]
    [InlineData("cpumask", null, "cpumask is not a list")]
    [InlineData("events/energy-pkg", "event=two\n", "energy-pkg does not name an event")]
    [InlineData("events/energy-pkg", null, "events has no energy-pkg")]
    [InlineData("events/energy-pkg.scale", "1e-6\n", "energy-pkg.scale is not a power of two")]
    [InlineData("events/energy-pkg.scale", null, "energy-pkg.scale is not a power of two")]
    [InlineData("events/energy-ram.unit", "Watts\n", "energy-ram.unit is not Joules")]
    public void Detect_PmuThatDescribesItselfOddly_IsRefusedByName(string attribute, string? text, string says)
    {
        using PerfRig rig = new();
        if (text is null) rig.Delete(attribute);
        else rig.Write(attribute, text);
        Assert.Null(rig.Detection.Source);
        SourceFinding finding = Assert.Single(rig.Detection.Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.Contains(says, finding.Reason, StringComparison.Ordinal);
        Assert.Empty(rig.Kernel.Opened);
    }

    [Theory]
    [InlineData(13, "EACCES")]
    [InlineData(1, "EPERM")]
    public void Detect_NoPermission_TellsTheLevelAndSafeRemedies(int error, string name)
    {
        using PerfRig rig = new();
        rig.Kernel.FailOpening(PerfRig.Package, 0, error);
        rig.Kernel.FailOpening(PerfRig.Memory, 0, error);
        Assert.Null(rig.Detection.Source);
        SourceFinding finding = Assert.Single(rig.Detection.Findings);
        Assert.Equal(SourceStatus.Unreadable, finding.Status);
        Assert.Contains(name, finding.Reason, StringComparison.Ordinal);
        Assert.Contains("kernel.perf_event_paranoid is 2", finding.Reason, StringComparison.Ordinal);
        Assert.Contains("CAP_PERFMON (Linux 5.8", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("kernel.perf_event_paranoid of 0 or less", finding.Remedy, StringComparison.Ordinal);
        foreach (string unsafeWord in (string[])["chmod", "a+r", "o+r", "0444", "world"])
            Assert.DoesNotContain(unsafeWord, finding.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, rig.Kernel.Open);
    }

    [Theory]
    [InlineData(2, "ENOENT")]
    [InlineData(19, "ENODEV")]
    [InlineData(22, "EINVAL")]
    [InlineData(23, "ENFILE")]
    [InlineData(24, "EMFILE")]
    [InlineData(38, "ENOSYS")]
    [InlineData(16, "error 16")]
    public void Detect_EveryOtherError_HasItsOwnSentence(int error, string words)
    {
        using PerfRig rig = new();
        rig.Kernel.FailOpening(PerfRig.Package, 0, error);
        Assert.Null(rig.Detection.Source);
        SourceFinding finding = Assert.Single(rig.Detection.Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.Contains(words, finding.Reason, StringComparison.Ordinal);
        Assert.Contains("energy-pkg on cpu 0", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_MemoryEventOnlyListed_PackagesAreUsedWithoutIt()
    {
        using PerfRig rig = new();
        rig.Kernel.FailOpening(PerfRig.Memory, 0, 22);
        Assert.Equal(["perf:cpu-0"], rig.Ids);
        Assert.Equal([SourceStatus.Used, SourceStatus.Failed], rig.Detection.Findings.Select(static finding => finding.Status));
    }

    [Fact]
    public void Detect_OneOfTwoPackagesFails_StaysADeviceAndTheGapIsReported()
    {
        using PerfRig rig = new("0,18\n");
        rig.Kernel.FailOpening(PerfRig.Package, 18, 19);
        Assert.Equal(4, rig.Ids.Count());
        Assert.Equal([SampleFault.None, SampleFault.Gone, SampleFault.None, SampleFault.None], rig.Read().Select(static sample => sample.Fault));
        Assert.Contains(rig.Detection.Findings, static finding => finding.Reason.Contains("energy-pkg on cpu 18 is gone", StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_EventThatOpensButCannotBeRead_IsNotUsed()
    {
        using PerfRig rig = new();
        rig.Kernel.ReadLength = 0;
        Assert.Null(rig.Detection.Source);
        Assert.Equal(0, rig.Kernel.Open);
    }

    [Fact]
    public void Detector_PowercapUnreadableAndPerfReadable_PerfIsUsedAndBothAreReported()
    {
        using PerfRig rig = new();
        rig.Place(0, package: 0);

        // A folder in the place of a file denies its reading to root too.
        rig.Tree.WriteSys("devices/virtual/powercap/intel-rapl/intel-rapl:0/name", "package-0\n");
        rig.Tree.WriteSys("devices/virtual/powercap/intel-rapl/intel-rapl:0/energy_uj/x", "");
        DetectionReport report = Detect(rig, out IReadOnlyList<IPowerSource> sources);
        Assert.Equal("perf", Assert.Single(sources).Name);
        SourceFinding rapl = report.Findings.Single(static finding => finding.Source == "rapl");
        Assert.Equal(SourceStatus.Unreadable, rapl.Status);
        Assert.Contains("grant the service CAP_PERFMON", rapl.Remedy, StringComparison.Ordinal);
        Assert.Equal(SourceStatus.Used, report.Findings.Single(static finding => finding.Source == "perf").Status);
        Assert.Equal(SourceStatus.NotNeeded, report.Findings.Single(static finding => finding.Source == "load-model").Status);
        foreach (IPowerSource source in sources) source.Dispose();
    }

    [Fact]
    public void Detector_PowercapReadable_PerfIsNotNeeded()
    {
        using PerfRig rig = new();
        rig.Tree.WriteSys("devices/virtual/powercap/intel-rapl/intel-rapl:0/name", "package-0\n");
        rig.Tree.WriteSys("devices/virtual/powercap/intel-rapl/intel-rapl:0/energy_uj", "1000\n");
        DetectionReport report = Detect(rig, out IReadOnlyList<IPowerSource> sources);
        Assert.Equal("rapl", Assert.Single(sources).Name);
        Assert.Equal(SourceStatus.NotNeeded, report.Findings.Single(static finding => finding.Source == "perf").Status);
        Assert.Empty(rig.Kernel.Opened);
        foreach (IPowerSource source in sources) source.Dispose();
    }

    [Fact]
    public void Detector_Names_PerfStandsAfterRaplAndBeforeHwmon()
    {
        List<string> names = [.. SourceDetector.Names];
        Assert.Equal(names.IndexOf("rapl") + 1, names.IndexOf("perf"));
        Assert.True(names.IndexOf("perf") < names.IndexOf("hwmon"));
    }

    private static DetectionReport Detect(PerfRig rig, out IReadOnlyList<IPowerSource> sources)
    {
        GreenAIMeteringOptions options = new()
        {
            SysfsRoot = rig.Tree.Context.SysfsRoot,
            ProcRoot = rig.Tree.Context.ProcRoot,
            Sources = ["rapl", "perf", "hwmon", "load-model"],
        };
        (sources, DetectionReport report) =
            new SourceDetector(options, rig.Tree.Clock, NullLogger.Instance, perfEvents: rig.Kernel).Detect([]);
        return report;
    }
}
