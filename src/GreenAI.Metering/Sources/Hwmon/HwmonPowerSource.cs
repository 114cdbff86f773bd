namespace GreenAI.Metering;

/// <summary>Reads power and energy sensors of Linux's hwmon class: GPUs, ACPI power meters, NVIDIA Grace, amd_energy.</summary>
/// <remarks>Kernel interface: Documentation/hwmon/sysfs-interface.rst and the drivers' own pages.</remarks>
internal sealed class HwmonPowerSource(IReadOnlyList<HwmonSensor> sensors) : IPowerSource
{
    public const string SourceName = "hwmon";

    private readonly HwmonSensor[] _sensors = [.. sensors];

    public string Name => SourceName;

    public IReadOnlyList<PowerDevice> Devices { get; } = [.. sensors.Select(sensor => sensor.Device)];

    public void Read(Span<PowerSample> samples)
    {
        for (int i = 0; i < _sensors.Length; i++) samples[i] = _sensors[i].Read();
    }

    public void Dispose()
    {
        foreach (HwmonSensor sensor in _sensors) sensor.Dispose();
    }
}
