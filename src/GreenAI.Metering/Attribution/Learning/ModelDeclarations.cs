namespace GreenAI.Metering;

/// <summary>What the options say of each model, by name.</summary>
internal sealed class ModelDeclarations(IDictionary<string, ModelOptions>? models)
{
    private static readonly ModelOptions _none = new();

    private readonly Dictionary<string, ModelOptions> _models = ModelOptions.Copy(models);

    public double RelativeWeight(string model) => Of(model).RelativeWeight;

    public bool Uses(string model, PowerDevice device) => Of(model).Devices is not { Count: > 0 } devices
        || device.Domain == EnergyDomain.Platform
        || devices.Any(name => Matches(name, device));

    /// <summary>Whether a word of <see cref="ModelOptions.Devices"/> means the device: its class, its identifier, or how that begins.</summary>
    public static bool Matches(string name, PowerDevice device) =>
        Is(name, "cpu") ? device.Domain is EnergyDomain.CpuPackage or EnergyDomain.Dram
        : Is(name, "gpu") ? device.Domain == EnergyDomain.Gpu
        : Is(name, "accelerator") ? device.Domain == EnergyDomain.Accelerator
        : device.Id.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Words that mean no device of this host.</summary>
    public IEnumerable<(string Model, string Name)> Unknown(IEnumerable<PowerDevice> devices) =>
        from model in _models
        from name in model.Value.Devices ?? []
        where !devices.Any(device => Matches(name, device))
        select (model.Key, name);

    private static bool Is(string name, string word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase);

    private ModelOptions Of(string model) => _models.GetValueOrDefault(model, _none);
}
