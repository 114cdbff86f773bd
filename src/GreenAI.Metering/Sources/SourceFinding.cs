namespace GreenAI.Metering;

/// <summary>One line of the detection report: a source, what was found, why, and what a person can do about it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SourceFinding
{
    /// <summary>The name of the source, for example <c>rapl</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What was decided.</summary>
    public required SourceStatus Status { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do about it, as a sentence; null when there is nothing to do. Never a wider permission than a group's.</summary>
    public string? Remedy { get; init; }

    /// <summary>The devices metered through this source.</summary>
    public IReadOnlyList<PowerDevice> Devices { get; init; } = [];

    /// <summary>The finding on one line.</summary>
    public override string ToString() => Remedy is null ? $"{Source}: {Status}. {Reason}" : $"{Source}: {Status}. {Reason} {Remedy}";
}
