namespace GreenAI.Metering;

/// <summary>A grid factor, the time over which it was applied, and to how much energy.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FactorUse
{
    /// <summary>The factor. Where <see cref="IsCombined"/>, the last of several, with their energy-weighted mean as its intensity.</summary>
    public required CarbonFactor Factor { get; init; }

    /// <summary>When it began to be applied.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when it was applied, as far as intervals have closed.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>All metered energy it was applied to, other processes' too; before PUE.</summary>
    public required Energy Energy { get; init; }

    /// <summary>The emissions of that energy, with PUE.</summary>
    public required CarbonMass Operational { get; init; }

    /// <summary>Applied beyond its validity, for lack of a newer one (<see cref="CarbonOptions.HoldFor"/>).</summary>
    public bool IsHeld { get; init; }

    /// <summary>Stands for several older uses of one source, which are not kept apart any more.</summary>
    public bool IsCombined { get; init; }
}
