namespace GreenAI.Metering;

/// <summary>How many requests a budget gave a verdict.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardDecisions
{
    /// <summary>The budget or target.</summary>
    public required string Budget { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How many requests.</summary>
    public required long Count { get; init; }
}
