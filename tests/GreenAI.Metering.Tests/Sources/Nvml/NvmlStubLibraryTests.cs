using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

[Collection("nvml")]
public sealed unsafe class NvmlStubLibraryTests(NvmlStubLibrary stub) : IClassFixture<NvmlStubLibrary>
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Detect_RealSharedLibrary_ReadsCounterPowerAndShare()
    {
        string path = stub.Build();
        Assert.True(NvmlLoader.TryLoad(["libno-such-nvml.so", path], out NvmlLibrary? library, out SourceFinding? refusal));
        Assert.Null(refusal);
        ((delegate* unmanaged[Cdecl]<uint, void>)NvmlStubLibrary.Export(path, "stubSetSelf"))((uint)Environment.ProcessId);
        var setEnergy = (delegate* unmanaged[Cdecl]<uint, ulong, void>)NvmlStubLibrary.Export(path, "stubSetEnergy");
        setEnergy(0, 1_000);

        using IPowerSource source = Detect(library).Source!;
        PowerSample[] before = Read(source);
        setEnergy(0, 1_500);
        Read(source);
        PowerSample[] after = Read(source);

        Assert.Equal(["nvml:GPU-00000000-stub", "nvml:GPU-11111111-stub"], source.Devices.Select(device => device.Id));
        Assert.Equal(new string('N', 96), source.Devices[0].Name);
        Assert.Equal(Power.FromWatts(600), source.Devices[0].MaxPower);
        Assert.Equal(500_000, after[0].Microjoules - before[0].Microjoules);
        Assert.Equal(DeviceReading.Power, source.Devices[1].Reading);
        Assert.Equal(240_000, after[1].Milliwatts);
        Assert.Contains("field 83", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Contains("field 186", source.Devices[1].Remark, StringComparison.Ordinal);
        Assert.Equal((0.75f, 0.25f), (after[0].Utilization, after[0].ProcessShare));
    }

    [Fact]
    public void Dispose_RealSharedLibrary_LeavesNoSession()
    {
        string path = stub.Build();
        Assert.True(NvmlLoader.TryLoad([path], out NvmlLibrary? library, out _));
        var sessions = (delegate* unmanaged[Cdecl]<int>)NvmlStubLibrary.Export(path, "stubSessions");
        IPowerSource source = Detect(library).Source!;
        Assert.Equal(1, sessions());
        source.Dispose();
        Assert.Equal(0, sessions());
    }

    [Fact]
    public void G6_LibraryWithoutOptionalExports_StillReadsTheCounter()
    {
        Assert.True(NvmlLoader.TryLoad([stub.Build("BARE")], out NvmlLibrary? library, out _));
        SourceDetection detection = Detect(library);
        using IPowerSource source = detection.Source!;
        Assert.Equal(1_000_000, Read(source)[0].Microjoules);
        Assert.Contains("nvmlDeviceGetTotalEnergyConsumption", Assert.Single(source.Devices).Remark, StringComparison.Ordinal);
        Assert.Equal([SourceStatus.Used, SourceStatus.NotFound], detection.Findings.Select(finding => finding.Status));
    }

    [Fact]
    public void G6_LibraryWithoutInit_IsRefusedByNameAndTheNextIsTried()
    {
        string broken = stub.Build("NO_INIT");
        Assert.False(NvmlLoader.TryLoad([broken], out _, out SourceFinding? refusal));
        Assert.Equal(SourceStatus.Failed, refusal.Status);
        Assert.Contains("nvmlInit_v2", refusal.Reason, StringComparison.Ordinal);

        Assert.True(NvmlLoader.TryLoad([broken, stub.Build()], out NvmlLibrary? library, out _));
        library.Dispose();
    }

    [Theory]
    [InlineData("nvml hwmon load-model", "nvml:GPU-00000000-stub", "Used NotNeeded NotNeeded NotNeeded")]
    [InlineData("hwmon nvml", "hwmon:grace-0", "Used NotNeeded NotNeeded")]
    public void Module_WithAGraceMeter_OneOfThemIsMetered(string names, string expected, string statuses)
    {
        using var tree = new SensorTree();
        tree.AddChip(0, "power_meter", "ACPI000D:00");
        tree.WriteChip(0, "device/power1_average", "250000000\n");
        tree.WriteChip(0, "device/power1_oem_info", "Grace Power Socket 0\n");
        GreenAIMeteringOptions options = new()
        {
            SysfsRoot = tree.Context.SysfsRoot,
            ProcRoot = tree.Context.ProcRoot,
            Sources = [.. names.Split(' ')],
        };
        var detector = new SourceDetector(options, _clock, NullLogger.Instance) { NvmlCandidates = [stub.Build("MODULE")] };

        (IReadOnlyList<IPowerSource> sources, DetectionReport report) = detector.Detect([]);

        using IPowerSource source = Assert.Single(sources);
        Assert.Equal(expected, Assert.Single(source.Devices).Id);
        Assert.Equal(statuses.Split(' '), report.Findings.Where(f => f.Status != SourceStatus.Disabled).Select(f => f.Status.ToString()));
    }

    private SourceDetection Detect(NvmlLibrary library) =>
        NvmlDetection.Detect(new SourceContext("/sys", "/proc", _clock), new NvmlOptions(), library);

    private PowerSample[] Read(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        _clock.Advance(TimeSpan.FromSeconds(1));
        source.Read(samples);
        return samples;
    }
}
