using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>What has become of one indicator between two reports.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record KpiChange
{
    /// <summary>The model it is of; null for the host as a whole.</summary>
    public string? Model { get; init; }

    /// <summary>What it is of where there are several; null where there is one.</summary>
    public string? Item { get; init; }

    /// <summary>The time it covers; null when it covers all since metering began.</summary>
    [JsonPropertyName("windowSeconds")]
    public TimeSpan? Window { get; init; }

    /// <summary>Which indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Its short name.</summary>
    public required string Abbreviation { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of the values.</summary>
    public required string Unit { get; init; }

    /// <summary>The baseline's value; null when undefined or not there.</summary>
    public double? Before { get; init; }

    /// <summary>The current value; null when undefined or not there.</summary>
    public double? After { get; init; }

    /// <summary>After less before, in <see cref="Unit"/>; null unless both are there and compare.</summary>
    public double? Absolute { get; init; }

    /// <summary>The same as a fraction of the baseline's amount; null where that is 0.</summary>
    public double? Relative { get; init; }

    /// <summary>What has become of it.</summary>
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>Whether the bands of the two values overlap: then the change may be none. Null when a band is not known.</summary>
    public bool? IsWithinUncertainty { get; init; }

    /// <summary>The baseline's verdict; null when it has no such indicator.</summary>
    public TargetVerdict? VerdictBefore { get; init; }

    /// <summary>The current verdict; null when the current report has no such indicator.</summary>
    public TargetVerdict? VerdictAfter { get; init; }

    /// <summary>Why it is undefined or does not compare, or what else changed with it; null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the target's verdict changed.</summary>
    [JsonIgnore]
    public bool IsVerdictChanged => VerdictBefore is { } before && VerdictAfter is { } after && before != after;
}
