namespace GreenAI.Metering;

/// <summary>The greenhouse gases of making one device or server, with its pedigree.</summary>
/// <remarks>Immutable and thread-safe. Figures of your own are made the same way: state where they come from.</remarks>
public sealed record EmbodiedFigure
{
    /// <summary>A short name to configure it by: <c>nvidia-h100-sxm</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What exactly it is of.</summary>
    public required string Name { get; init; }

    /// <summary>Accelerator or server.</summary>
    public required EmbodiedKind Kind { get; init; }

    /// <summary>All of it: TE of ISO/IEC 21031.</summary>
    public required CarbonMass Total { get; init; }

    /// <summary>Who gives it and what is inside, for a report.</summary>
    public required string Source { get; init; }

    /// <summary>On what terms the figure may be passed on; null when nothing is said.</summary>
    public string? Licence { get; init; }

    /// <summary>How far other figures in print lie from it; null when there are none.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>The time its source spreads the total over; null when it does not, and then you have to state one.</summary>
    public TimeSpan? Lifespan { get; init; }
}
