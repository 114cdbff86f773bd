using System.Collections.Concurrent;

namespace GreenAI.Metering;

/// <summary>Attributes of the instruments, made once per device and model.</summary>
internal sealed class InstrumentTags
{
    private readonly MeteringEngine _engine;
    private readonly KeyValuePair<string, object?>[][] _devices;
    private readonly KeyValuePair<string, object?>[][] _deviceIds;
    private readonly ConcurrentDictionary<int, KeyValuePair<string, object?>> _models = new();

    private readonly ConcurrentDictionary<(int Model, int Device), KeyValuePair<string, object?>[]> _modelsOn = new();

    public InstrumentTags(MeteringEngine engine)
    {
        _engine = engine;
        var devices = new List<KeyValuePair<string, object?>[]>();
        var ids = new List<KeyValuePair<string, object?>[]>();
        foreach (DeviceMeter meter in engine.Devices)
        {
            PowerDevice device = meter.Device;
            devices.Add(
            [
                new(InstrumentNames.HardwareId, device.Id),
                new(InstrumentNames.HardwareType, HardwareType(device.Domain)),
                new(InstrumentNames.HardwareName, device.Name),
                new(InstrumentNames.Tier, device.Tier.ToString()),
            ]);
            ids.Add([new(InstrumentNames.HardwareId, device.Id)]);
        }

        _devices = [.. devices];
        _deviceIds = [.. ids];
    }

    public static KeyValuePair<string, object?> Idle { get; } = new(InstrumentNames.Bucket, "idle");

    public static KeyValuePair<string, object?> Unattributed { get; } = new(InstrumentNames.Bucket, "unattributed");

    public static KeyValuePair<string, object?> Other { get; } = new(InstrumentNames.Bucket, "other");

    public static KeyValuePair<string, object?> Operational { get; } = new(InstrumentNames.Scope, "operational");

    public static KeyValuePair<string, object?> EmbodiedScope { get; } = new(InstrumentNames.Scope, "embodied");

    public static KeyValuePair<string, object?> Basis(CarbonMethod method) => new(InstrumentNames.Basis, method switch
    {
        CarbonMethod.LocationBased => "location",
        CarbonMethod.MarketBased => "market",
        _ => "marginal",
    });

    public static IReadOnlyList<InferenceOutcome> Outcomes { get; } = Enum.GetValues<InferenceOutcome>();

    public static KeyValuePair<string, object?> Outcome(InferenceOutcome outcome) => new(InstrumentNames.Outcome, outcome switch
    {
        InferenceOutcome.Succeeded => "succeeded",
        InferenceOutcome.Failed => "failed",
        _ => "abandoned",
    });

    public KeyValuePair<string, object?>[] Device(int device) => _devices[device];

    public KeyValuePair<string, object?>[] DeviceId(int device) => _deviceIds[device];

    /// <summary>A model on a device, with the tier: a Modelled device's learned watts are a processor-time proxy.</summary>
    public KeyValuePair<string, object?>[] ModelOn(int model, int device) => _modelsOn.GetOrAdd(
        (model, device), static (key, tags) => [tags.Model(key.Model), tags._devices[key.Device][0], tags._devices[key.Device][3]], this);

    public KeyValuePair<string, object?> Model(int model)
    {
        if (_models.TryGetValue(model, out KeyValuePair<string, object?> tag)) return tag;
        return _models[model] = new KeyValuePair<string, object?>(InstrumentNames.Model, _engine.Models.Name(model));
    }

    // hw.type values of the hardware conventions; a platform meter covers the whole enclosure.
    private static string HardwareType(EnergyDomain domain) => domain switch
    {
        EnergyDomain.CpuPackage => "cpu",
        EnergyDomain.Dram => "memory",
        EnergyDomain.Gpu => "gpu",
        EnergyDomain.Platform => "enclosure",
        _ => "accelerator",
    };
}
