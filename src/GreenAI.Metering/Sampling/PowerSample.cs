namespace GreenAI.Metering;

/// <summary>One reading of one device.</summary>
/// <remarks>
/// As a source gives it, <see cref="Microjoules"/> is the counter as the hardware shows it. In a <c>SampleRing</c> it
/// is the energy since metering began, with wraps and resets resolved: it never falls.
/// </remarks>
public readonly struct PowerSample
{
    private PowerSample(long timestamp, long microjoules, int milliwatts, MeasurementTier tier, SampleFlags flags, SampleFault fault)
    {
        Timestamp = timestamp;
        Microjoules = microjoules;
        Milliwatts = milliwatts;
        Utilization = float.NaN;
        ProcessShare = float.NaN;
        Tier = tier;
        Flags = flags;
        Fault = fault;
    }

    /// <summary>When the reading was taken, in ticks of <see cref="TimeProvider.GetTimestamp"/> (monotonic).</summary>
    public long Timestamp { get; init; }

    /// <summary>Cumulative energy in microjoules; valid with <see cref="SampleFlags.Energy"/>.</summary>
    public long Microjoules { get; init; }

    /// <summary>Power in milliwatts; valid with <see cref="SampleFlags.Power"/>.</summary>
    public int Milliwatts { get; init; }

    /// <summary>Utilisation of the device in [0, 1] as the device itself reports it, or NaN.</summary>
    public float Utilization { get; init; }

    /// <summary>Share in [0, 1] of this process in the device's activity as the device itself reports it, or NaN.</summary>
    public float ProcessShare { get; init; }

    /// <summary>The tier of the reading; <see cref="MeasurementTier.Unavailable"/> when it failed.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>What the sample holds.</summary>
    public SampleFlags Flags { get; init; }

    /// <summary>Why the reading failed; <see cref="SampleFault.None"/> when it did not.</summary>
    public SampleFault Fault { get; init; }

    /// <summary>A reading of an energy counter.</summary>
    public static PowerSample FromCounter(long timestamp, long microjoules, MeasurementTier tier = MeasurementTier.Measured) =>
        new(timestamp, microjoules, 0, tier, SampleFlags.Energy, SampleFault.None);

    /// <summary>A reading of power.</summary>
    public static PowerSample FromPower(long timestamp, int milliwatts, MeasurementTier tier = MeasurementTier.Measured) =>
        new(timestamp, 0, milliwatts, tier, SampleFlags.Power, SampleFault.None);

    /// <summary>A reading that failed.</summary>
    public static PowerSample Failed(long timestamp, SampleFault fault) =>
        new(timestamp, 0, 0, MeasurementTier.Unavailable, SampleFlags.None, fault);
}
