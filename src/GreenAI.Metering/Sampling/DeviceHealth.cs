using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Logs when a device or source begins to fail and when it returns: once per change, never per tick.</summary>
internal sealed class DeviceHealth(DeviceMeter[] devices, ILogger logger)
{
    private readonly SampleFault[] _faults = new SampleFault[devices.Length];
    private readonly bool[] _unknown = new bool[devices.Length];
    private readonly HashSet<SourceMeter> _throwing = [];

    public void Report(SourceMeter source)
    {
        if (source.Fault is { } fault)
        {
            if (_throwing.Add(source)) Log.SourceThrew(logger, fault, source.Source.Name);
        }
        else if (_throwing.Count > 0)
        {
            _throwing.Remove(source);
        }
    }

    public void Report(DeviceMeter device, in CounterStep step)
    {
        SampleFault fault = device.Latest.Fault;
        ref SampleFault known = ref _faults[device.Index];
        if (fault != known)
        {
            if (fault != SampleFault.None) Log.DeviceFailed(logger, device.Device.Id, fault);
            else Log.DeviceReturned(logger, device.Device.Id);
            known = fault;
        }

        if (!step.Closes) return;
        ref bool unknown = ref _unknown[device.Index];
        if (!step.Covered && !unknown) Log.EnergyUnknown(logger, device.Device.Id, step.Kind.ToString());
        unknown = !step.Covered;
    }

    public void DisposeQuietly(IPowerSource source)
    {
        try
        {
            source.Dispose();
        }
        catch (Exception exception)
        {
            // The host is shutting down: a source that fails to close its handles must not stop it.
            Log.SourceThrew(logger, exception, source.Name);
        }
    }
}
