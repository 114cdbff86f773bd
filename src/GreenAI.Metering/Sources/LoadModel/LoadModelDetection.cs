using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Sets up the load model for this machine; it is always possible, and always an estimate.</summary>
internal static class LoadModelDetection
{
    // A tick of 10 ms may fall into an interval as short as 1 ms, on every processor at once.
    private const double TickFactor = 10;

    private const string Origin =
        "Estimate from processor time with Cloud Carbon Footprint coefficients (Apache-2.0): watts of whole servers at the wall, "
        + "memory included, over their hardware threads.";

    /// <summary>Sets it up now.</summary>
    public static SourceDetection Detect(SourceContext context)
    {
        KernelSnapshot.TryRead(Path.Combine(context.ProcRoot, "cpuinfo"), 8192, out byte[] text);
        LoadCoefficients coefficients = LoadCoefficientTable.Find(ProcessorIdentity.Parse(text).Microarchitecture);

        IBusyTime busy = new MachineBusyTime(context.ProcRoot);
        bool machineWide = busy.TryRead(out long busyOrigin) == SampleFault.None;
        if (!machineWide)
        {
            busy.Dispose();
            busy = new OwnProcessorTime();
            busy.TryRead(out busyOrigin);
        }

        PowerDevice device = Device(context, coefficients, machineWide);
        var dynamicPower = Power.FromWatts(coefficients.FullWatts - coefficients.IdleWatts);
        return new SourceDetection
        {
            Source = new LoadModelPowerSource(device, busy, busyOrigin, dynamicPower, context.TimeProvider),
            Findings = [Finding(device)],
        };
    }

    private static PowerDevice Device(SourceContext context, LoadCoefficients coefficients, bool machineWide)
    {
        int online = OnlineProcessors.Count(context);

        // A container that may use half a processor of a large host answers for the idle power of that half only; the quota
        // stays a fraction. Above idle no limit is needed: what was not allowed to run was not busy.
        double allowed = Math.Min(online, ControlGroup.Find(context, out _)?.ProcessorLimit() ?? double.PositiveInfinity);
        return new PowerDevice
        {
            Id = "load-model:cpu",
            Name = string.Create(CultureInfo.InvariantCulture, $"{online} vCPU, {coefficients.Name}"),
            Domain = EnergyDomain.CpuPackage,
            Tier = MeasurementTier.Modelled,
            UpdatePeriod = TimeSpan.FromMilliseconds(10),
            MaxPower = Power.FromWatts(TickFactor * online * coefficients.FullWatts),
            Uncertainty = coefficients.Band,
            IdlePower = Power.FromWatts(allowed * coefficients.IdleWatts),
            SharedByCpuTime = machineWide,
            Remark = machineWide ? Origin : Origin + " Only this process's own processor time is known here.",
        };
    }

    private static SourceFinding Finding(PowerDevice device) => new()
    {
        Source = LoadModelPowerSource.SourceName,
        Status = SourceStatus.Used,
        Reason = $"{device.Name}, {device.Uncertainty}. {device.Remark}",
        Remedy = "For measured energy, run where RAPL, hwmon or another hardware counter is readable.",
        Devices = [device],
    };
}
