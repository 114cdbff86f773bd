namespace GreenAI.Metering;

/// <summary>Numbers the devices of all sources.</summary>
internal static class DeviceSet
{
    /// <summary>One bit per device in a scope's masks.</summary>
    private const int MaxDevices = 64;

    public static DeviceMeter[] Create(EngineParts parts, int models, out SourceMeter[] sources)
    {
        GreenAIMeteringOptions options = parts.Options;
        var devices = new List<DeviceMeter>();
        var meters = new List<SourceMeter>();
        int ignored = 0;
        foreach (IPowerSource source in parts.Sources)
        {
            if (devices.Count + source.Devices.Count > MaxDevices)
            {
                ignored += source.Devices.Count;
                continue;
            }

            // The same counter through two sources would count each joule twice: the first one has it.
            if (source.Devices.FirstOrDefault(device => devices.Exists(known => known.Device.Id == device.Id)) is { } twin)
            {
                Log.DuplicateDevice(parts.Logger, source.Name, twin.Id);
                continue;
            }

            DeviceMeter[] own = [.. source.Devices.Select((device, i) => new DeviceMeter(
                devices.Count + i, device, models, options.RingCapacity, options.SamplingInterval, parts.TimeProvider))];
            devices.AddRange(own);
            meters.Add(new SourceMeter(source, own, options.SamplingInterval, parts.TimeProvider));
        }

        if (ignored > 0) Log.TooManyDevices(parts.Logger, ignored);
        sources = [.. meters];
        return [.. devices];
    }
}
