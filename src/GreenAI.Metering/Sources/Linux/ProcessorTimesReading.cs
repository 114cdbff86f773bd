namespace GreenAI.Metering;

/// <summary>Processor time used since some fixed moment, by us and by the whole machine, at one instant.</summary>
/// <remarks>
/// The machine's clock moves in steps of 10 ms a processor, ours in microseconds: over short intervals ours may run ahead, so a
/// share taken from two readings is to be clamped to [0, 1] and taken over a second or more.
/// </remarks>
internal readonly struct ProcessorTimesReading(
    double ownSeconds, double busySeconds, int processorCount, double throttledSeconds = double.NaN)
{
    /// <summary>Processor seconds of this process, or of its control group, as the scope says.</summary>
    public double OwnSeconds { get; } = ownSeconds;

    /// <summary>Processor seconds of everything on the machine, idle and I/O wait excluded. It never goes backwards.</summary>
    public double BusySeconds { get; } = busySeconds;

    /// <summary>Online processors (hardware threads) of the machine; affinity and quotas do not lower it.</summary>
    public int ProcessorCount { get; } = processorCount;

    /// <summary>
    /// Seconds for which a processor quota held back our control group or one above it, summed over processors; NaN when unknown.
    /// </summary>
    public double ThrottledSeconds { get; } = throttledSeconds;
}
