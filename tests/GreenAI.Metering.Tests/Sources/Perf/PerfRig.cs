namespace GreenAI.Metering.Tests;

/// <summary>A sysfs with the PMU <c>power</c> as a kernel shows it, and the kernel behind it.</summary>
internal sealed class PerfRig : IDisposable
{
    public const ulong Package = 2;
    public const ulong Memory = 3;
    public const ulong Joule = 4_294_967_296;
    private const string Pmu = "bus/event_source/devices/power";

    private SourceDetection? _detection;

    public PerfRig(string cpumask = "0\n", string vendor = "GenuineIntel")
    {
        Write("type", "21\n");
        Write("cpumask", cpumask);
        AddEvent("energy-cores", "0x01");
        AddEvent("energy-pkg", "0x02");
        AddEvent("energy-ram", "0x03");
        AddEvent("energy-gpu", "0x04");
        AddEvent("energy-psys", "0x05");
        Tree.WriteProc("cpuinfo", $"processor\t: 0\nvendor_id\t: {vendor}\ncpu family\t: 6\n\n");
        Tree.WriteProc("sys/kernel/perf_event_paranoid", "2\n");
    }

    public SensorTree Tree { get; } = new();

    public FakePerfEvents Kernel { get; } = new();

    public SourceDetection Detection => _detection ??= PerfDetection.Detect(Tree.Context, Kernel);

    public IPowerSource Source => Detection.Source ?? throw new InvalidOperationException(string.Join('\n', Detection.Findings));

    public IEnumerable<string> Ids => Source.Devices.Select(static device => device.Id);

    public void Write(string attribute, string text) => Tree.WriteSys($"{Pmu}/{attribute}", text);

    public void Delete(string attribute) => File.Delete(Path.Combine(Tree.Context.SysfsRoot, Pmu, attribute));

    public void AddEvent(string name, string config)
    {
        Write($"events/{name}", $"event={config}\n");
        Write($"events/{name}.scale", "2.3283064365386962890625e-10\n");
        Write($"events/{name}.unit", "Joules\n");
    }

    public void Place(int processor, int package, int die = 0)
    {
        Tree.WriteSys($"devices/system/cpu/cpu{processor}/topology/physical_package_id", $"{package}\n");
        Tree.WriteSys($"devices/system/cpu/cpu{processor}/topology/die_id", $"{die}\n");
    }

    public PowerSample[] Read(TimeSpan advance = default)
    {
        Tree.Clock.Advance(advance);
        var samples = new PowerSample[Source.Devices.Count];
        Source.Read(samples);
        return samples;
    }

    public void Dispose()
    {
        _detection?.Source?.Dispose();
        Tree.Dispose();
    }
}
