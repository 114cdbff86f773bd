using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class EmiDetectionTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Detect_ElsewhereThanOnWindows_SaysSo()
    {
        SourceDetection detection = EmiDetection.Detect(null, _time);
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(("emi", SourceStatus.NotFound), (finding.Source, finding.Status));
        Assert.Contains("Windows' only", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_PackageAndMemoryOnce_Z15()
    {
        FakeEmiMeter meter = new(
            "RAPL_Package0_PKG", "RAPL_Package0_PP0", "RAPL_Package0_PP1", "RAPL_Package0_DRAM", "RAPL_Package0_Core0_CORE", "RAPL_Package1_PKG")
        {
            Counters = [(5_000_000_000_000, 1), (3_000_000_000_000, 1), (0, 1), (1_000_000_000_000, 1), (9, 1), (5_000_000_000_000, 1)],
        };
        SourceDetection detection = Detect(meter);
        using IPowerSource source = detection.Source!;
        Assert.Equal(["emi:package-0", "emi:package-0/dram"], source.Devices.Select(static device => device.Id));
        Assert.Equal([EnergyDomain.CpuPackage, EnergyDomain.Dram], source.Devices.Select(static device => device.Domain));
        Assert.All(source.Devices, static device =>
        {
            Assert.Equal(MeasurementTier.Measured, device.Tier);
            Assert.Equal(0, device.CounterRangeMicrojoules);
            Assert.Contains("not yet verified on hardware", device.Remark, StringComparison.Ordinal);
            Assert.True(device.SharedByCpuTime);
        });
        Assert.Equal(SourceStatus.Used, detection.Findings[0].Status);
        Assert.Same(source.Devices, detection.Findings[0].Devices);
        SourceFinding mirror = Assert.Single(detection.Findings.Skip(1));
        Assert.Equal("The channel RAPL_Package1_PKG shows the counter of RAPL_Package0_PKG: it is counted once.", mirror.Reason);
    }

    [Theory]
    [InlineData(1_000_000_000_000_000_000UL, 1_000_000_900_000_000_000UL, 1)]
    [InlineData(1_000_000_000_000_000_000UL, 1_000_001_100_000_000_000UL, 2)]
    [InlineData(10_000_000_000_000UL, 10_001_000_000_000UL, 1)]
    [InlineData(10_000_000_000_000UL, 10_002_000_000_000UL, 2)]
    [InlineData(0, 0, 2)]
    [InlineData(0, 5, 2)]
    public void Detect_TwinsByAbsoluteCounters(ulong first, ulong second, int devices)
    {
        FakeEmiMeter meter = new("RAPL_Package0_PKG", "RAPL_Package1_PKG") { Counters = [(first, 1), (second, 1)] };
        using IPowerSource source = Detect(meter).Source!;
        Assert.Equal(devices, source.Devices.Count);
    }

    [Fact]
    public void Detect_EqualInTwoOfThreePolls_AreTwoCounters()
    {
        FakeEmiMeter meter = new("RAPL_Package0_PKG", "RAPL_Package1_PKG");
        int polls = 0;
        meter.Measuring = () => meter.Counters = [(5_000_000_000_000, 1), (++polls == 2 ? 6_000_000_000_000UL : 5_000_000_000_000, 1)];
        using IPowerSource source = Detect(meter).Source!;
        Assert.Equal(2, source.Devices.Count);
        Assert.Equal(3, polls);
    }

    [Fact]
    public void Detect_PackagesOfSeveralInterfaces_InOrderOfTheirNumbers()
    {
        FakeEmiMeter second = new("RAPL_Package1_PKG", "RAPL_Package1_DRAM") { Counters = [(7_000_000_000_000, 1), (3_000_000_000_000, 1)] };
        FakeEmiMeter first = new("RAPL_Package0_PKG") { Counters = [(5_000_000_000_000, 1)] };
        FakeEmiMeter battery = new("Battery");
        using IPowerSource source = Detect(second, battery, first).Source!;
        Assert.Equal(["emi:package-0", "emi:package-1", "emi:package-1/dram"], source.Devices.Select(static device => device.Id));
        var samples = new PowerSample[3];
        source.Read(samples);
        Assert.Equal([18_000_000_000, 25_200_000_000, 10_800_000_000], samples.Select(static sample => sample.Microjoules));
        Assert.Equal(0, battery.Open);
    }

    [Fact]
    public void Detect_OneNameTwiceWithDifferentCounters_BothAreSummed()
    {
        FakeEmiMeter one = new("RAPL_Package0_PKG") { Counters = [(5_000_000_000_000, 1)] };
        FakeEmiMeter other = new("RAPL_Package0_PKG") { Counters = [(7_000_000_000_000, 1)] };
        using IPowerSource source = Detect(one, other).Source!;
        Assert.Equal(["emi:package-0", "emi:package-0#2"], source.Devices.Select(static device => device.Id));
    }

    [Fact]
    public void Detect_FirstVersion_IsOneChannel()
    {
        FakeEmiMeter meter = new("x") { Version = 1, Metadata = EmiBytes.FirstVersion("RAPL_Package0_PKG"), Counters = [(1_000_000_000, 1)] };
        using IPowerSource source = Detect(meter).Source!;
        Assert.Equal("emi:package-0", Assert.Single(source.Devices).Id);
    }

    [Fact]
    public void Detect_NoPackageChannel_NamesWhatThereIs()
    {
        FakeEmiMeter meter = new("RAPL_Package0_DRAM", "Battery");
        SourceDetection detection = Detect(meter);
        Assert.Null(detection.Source);
        Assert.Equal(SourceStatus.NotFound, detection.Findings[0].Status);
        Assert.Contains("only RAPL_Package0_DRAM, Battery", detection.Findings[0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, meter.Open);
    }

    [Fact]
    public void Detect_NoInterface_IsNotFoundWithAReason()
    {
        SourceFinding finding = Assert.Single(Detect().Findings);
        Assert.Equal(SourceStatus.NotFound, finding.Status);
        Assert.Contains("Windows 11", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_ListFails_TellsTheCode()
    {
        SourceFinding finding = Assert.Single(EmiDetection.Detect(new FakeEmiSystem { ListError = 13 }, _time).Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.Contains("CONFIGRET 13", finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, SourceStatus.Unreadable)]
    [InlineData(2, SourceStatus.Failed)]
    public void Detect_CannotBeOpened_TellsTheCode(int error, SourceStatus status)
    {
        SourceDetection detection = Detect(new FakeEmiMeter("RAPL_Package0_PKG") { OpenError = error });
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(status, finding.Status);
        Assert.Contains($"Energy meter 1 of 1 cannot be opened (error {error}).", finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x224000u, "does not tell its version (error 31)")]
    [InlineData(0x224004u, "does not tell the size of its metadata (error 31)")]
    [InlineData(0x224008u, "does not give its metadata (error 31)")]
    [InlineData(0x22400Cu, "measuring them failed")]
    public void Detect_DriverFails_TellsWhereAndClosesIt(uint code, string words)
    {
        FakeEmiMeter meter = new("RAPL_Package0_PKG");
        meter.Errors[code] = 31;
        SourceDetection detection = Detect(meter);
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.Contains(words, finding.Reason, StringComparison.Ordinal);
        Assert.Equal(0, meter.Open);
    }

    [Fact]
    public void Detect_HostileMetadata_IsRefusedAndTheOthersAreUsed()
    {
        FakeEmiMeter huge = new("RAPL_Package0_PKG") { StatedSize = uint.MaxValue };
        FakeEmiMeter cut = new("RAPL_Package0_PKG");
        cut.Metadata = cut.Metadata[..70];
        FakeEmiMeter future = new("RAPL_Package0_PKG") { Version = 3 };
        FakeEmiMeter good = new("RAPL_Package0_PKG") { Counters = [(5_000_000_000_000, 1)] };
        SourceDetection detection = Detect(huge, cut, future, good);
        using IPowerSource source = detection.Source!;
        Assert.Single(source.Devices);
        string[] reasons = [.. detection.Findings.Where(static finding => finding.Status == SourceStatus.Failed).Select(static finding => finding.Reason)];
        Assert.Equal(
            [
                "Energy meter 1 of 4 cannot be used: its metadata is too long.",
                "Energy meter 2 of 4 cannot be used: its metadata is too short for its channels.",
                "Energy meter 3 of 4 cannot be used: its version is neither 1 nor 2.",
            ],
            reasons);
        Assert.Equal(0, huge.Open + cut.Open + future.Open);
    }

    [Fact]
    public void Detector_OnThisSystem_LeavesOutWhatAnotherHas_UnlessAskedByName()
    {
        using SensorTree tree = new();
        GreenAIMeteringOptions options = new() { SysfsRoot = tree.Context.SysfsRoot, ProcRoot = tree.Context.ProcRoot };
        (_, DetectionReport all) = new SourceDetector(options, _time, NullLogger.Instance).Detect([]);
        Assert.Equal(OperatingSystem.IsWindows(), all.Findings.Any(static finding => finding.Source == "emi"));
        Assert.Equal(!OperatingSystem.IsWindows(), all.Findings.Any(static finding => finding.Source == "perf"));
        options.Sources = ["emi", "load-model"];
        FakeEmiMeter meter = new("RAPL_Package0_PKG") { Counters = [(5_000_000_000_000, 1)] };
        (IReadOnlyList<IPowerSource> sources, DetectionReport named) =
            new SourceDetector(options, _time, NullLogger.Instance, emiSystem: new FakeEmiSystem(meter)).Detect([]);
        Assert.Equal("emi", Assert.Single(sources).Name);
        Assert.Equal(SourceStatus.NotNeeded, named.Findings.Single(static finding => finding.Source == "load-model").Status);
        foreach (IPowerSource source in sources) source.Dispose();
        Assert.Equal(0, meter.Open);
    }

    private SourceDetection Detect(params FakeEmiMeter[] meters) => EmiDetection.Detect(new FakeEmiSystem(meters), _time);
}
