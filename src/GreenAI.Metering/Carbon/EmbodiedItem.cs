namespace GreenAI.Metering;

/// <summary>A piece of hardware whose making is accounted for, with all that goes into its rate.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EmbodiedItem
{
    /// <summary>The name it was given.</summary>
    public required string Name { get; init; }

    /// <summary>Embodied carbon of all pieces together.</summary>
    public required CarbonMass Total { get; init; }

    /// <summary>Over which time it is written off; null when that is not stated.</summary>
    public TimeSpan? Lifespan { get; init; }

    /// <summary>The part reserved for this process, in (0, 1].</summary>
    public double Share { get; init; } = 1;

    /// <summary>How far the truth may lie from the total; null when nobody says.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public string? Source { get; init; }

    /// <summary>The devices whose busy time tells who used it; null for what suits the host.</summary>
    public string? Devices { get; init; }
}
