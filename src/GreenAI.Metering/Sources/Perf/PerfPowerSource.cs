namespace GreenAI.Metering;

/// <summary>Reads the energy counters of packages and memory through the kernel's perf PMU <c>power</c>.</summary>
/// <remarks>
/// The same registers as RAPL through powercap, in 64 bits: the kernel folds their wraps. Not thread-safe: the sampler reads it from
/// one thread at a time.
/// </remarks>
internal sealed class PerfPowerSource(
    IReadOnlyList<PerfCounter> counters, IReadOnlyList<PowerDevice> devices, TimeProvider timeProvider) : IPowerSource
{
    private readonly PerfCounter[] _counters = [.. counters];

    public string Name => PerfReport.SourceName;

    public IReadOnlyList<PowerDevice> Devices => devices;

    public void Read(Span<PowerSample> samples)
    {
        long before = timeProvider.GetTimestamp();
        for (int i = 0; i < _counters.Length; i++)
        {
            SampleFault fault = _counters[i].TryRead(before, out long microjoules);

            // A read interrupts the package's processor; the middle is the best guess of when it looked at the register.
            long after = timeProvider.GetTimestamp();
            long middle = before + ((after - before) / 2);
            samples[i] = fault == SampleFault.None
                ? PowerSample.FromCounter(middle, microjoules)
                : PowerSample.Failed(middle, fault);
            before = after;
        }
    }

    public void Dispose()
    {
        foreach (PerfCounter counter in _counters) counter.Dispose();
    }
}
