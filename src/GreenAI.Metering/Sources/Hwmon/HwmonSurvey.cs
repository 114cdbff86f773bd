namespace GreenAI.Metering;

/// <summary>What detection has gathered so far: the sensors to use, and the findings on those not used.</summary>
internal sealed class HwmonSurvey(SourceContext context, bool cpuAlreadyMetered, bool gpuAlreadyMetered)
{
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    private readonly List<HwmonSensor> _sensors = [];
    private readonly List<SourceFinding> _findings = [];

    public IReadOnlyList<HwmonSensor> Sensors => _sensors;

    public IReadOnlyList<SourceFinding> Findings => _findings;

    /// <summary>Whether the processors are metered, by another source or by a sensor taken here.</summary>
    public bool CpuMetered => cpuAlreadyMetered || Has(EnergyDomain.CpuPackage);

    /// <summary>Whether a graphics processor is metered, by another source or by a sensor taken here.</summary>
    public bool GpuMetered => gpuAlreadyMetered || Has(EnergyDomain.Gpu);

    public bool Has(EnergyDomain domain) => _sensors.Exists(sensor => sensor.Device.Domain == domain);

    /// <summary>A stable identifier: by the address on PCI where there is one, else the driver and an ordinal.</summary>
    public string Identify(HwmonChip chip)
    {
        if (chip.PciAddress is not null) return $"hwmon:{chip.Title}";
        int ordinal = _ordinals.GetValueOrDefault(chip.Name);
        _ordinals[chip.Name] = ordinal + 1;
        return $"hwmon:{chip.Name}-{ordinal}";
    }

    /// <summary>Reads a sensor for trial and takes it, or says why not.</summary>
    /// <param name="device">What the sensor meters.</param>
    /// <param name="path">The attribute to read.</param>
    /// <param name="mayWake">Whether a failing sensor is taken too, because its device may be asleep.</param>
    public void Try(PowerDevice device, string path, bool mayWake = false)
    {
        if (_sensors.Exists(sensor => sensor.Device.Id == device.Id))
        {
            Skip($"{device.Id} appears twice; it is counted once.");
            return;
        }

        var sensor = new HwmonSensor(device, path, context.TimeProvider);
        SampleFault fault = sensor.Read().Fault;
        bool switchedOff = KernelSnapshot.TryRead(path, 32, out _) == SampleFault.NoData;
        bool asleep = mayWake
            && (switchedOff || fault == SampleFault.InputOutput || (fault == SampleFault.NoPermission && CanOpen(path)));
        if (fault == SampleFault.None || asleep)
        {
            _sensors.Add(sensor);
            return;
        }

        sensor.Dispose();
        if (fault == SampleFault.NoPermission)
            Refuse(device, path);
        else if (switchedOff)
            Fail($"{device.Id} is switched off: {path} answers that it has no data.");
        else if (fault == SampleFault.NoData)
            Skip($"{device.Id} reads exactly 0 W, which nothing powered draws: it has no sensor of its own (a package's second die).");
        else
            Fail($"{device.Id} cannot be read: {path} gives {fault}.");
    }

    /// <summary>Notes a sensor that is not used because something else covers its hardware.</summary>
    public void Skip(string reason) => _findings.Add(Finding(SourceStatus.NotNeeded, reason));

    /// <summary>Notes a sensor that does not work.</summary>
    public void Fail(string reason) => _findings.Add(Finding(SourceStatus.Failed, reason));

    private static SourceFinding Finding(SourceStatus status, string reason, string? remedy = null) =>
        new() { Source = HwmonPowerSource.SourceName, Status = status, Reason = reason, Remedy = remedy };

    private void Refuse(PowerDevice device, string path) => _findings.Add(Finding(
        SourceStatus.Unreadable,
        $"{device.Id} is present, but this process may not read {path}.",
        "Make it readable to a group of this service by a udev rule; do not make it world-readable."));

    // amdgpu answers EPERM while the board is powered down: the file opens, only the reading is refused.
    private static bool CanOpen(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
