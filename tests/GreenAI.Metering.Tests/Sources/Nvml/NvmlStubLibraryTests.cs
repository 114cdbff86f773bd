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
        Assert.Equal(250_000, after[1].Milliwatts);
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
        Assert.Single(source.Devices);
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
