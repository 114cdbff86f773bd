namespace GreenAI.Metering;

/// <summary>Embodied grams accrued so far. The buckets sum to the total, in whole micrograms.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportEmbodied
{
    /// <summary>All of them.</summary>
    public required CarbonMass Total { get; init; }

    /// <summary>Of time in which models were active.</summary>
    public required CarbonMass Models { get; init; }

    /// <summary>Of time in which none was.</summary>
    public required CarbonMass Idle { get; init; }
}
