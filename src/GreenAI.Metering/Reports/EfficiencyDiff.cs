using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What changed from one report to another. Made by <see cref="EfficiencyReport.Compare"/>.</summary>
/// <remarks>Immutable and thread-safe. It is written as JSON and Markdown, and not read back: reports are.</remarks>
public sealed class EfficiencyDiff
{
    internal EfficiencyDiff()
    {
    }

    /// <summary>When the baseline was made.</summary>
    public required DateTimeOffset BaselineGeneratedAt { get; init; }

    /// <summary>When the current report was made.</summary>
    public required DateTimeOffset CurrentGeneratedAt { get; init; }

    /// <summary>The current report's service; null when it has no name.</summary>
    public string? Service { get; init; }

    /// <summary>Whether operational grams of the two were accounted for by the same method and boundary.</summary>
    public required bool IsCarbonComparable { get; init; }

    /// <summary>Why they do not compare; null when they do.</summary>
    public string? CarbonReason { get; init; }

    /// <summary>What else differs between the two and may explain changes: time covered, PUE, tier, coverage, service.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Models that only the current report has.</summary>
    public required IReadOnlyList<string> ModelsAdded { get; init; }

    /// <summary>Models that only the baseline has.</summary>
    public required IReadOnlyList<string> ModelsRemoved { get; init; }

    /// <summary>Each indicator of either: the current report's in its order, then those that were removed.</summary>
    public required IReadOnlyList<KpiChange> Kpis { get; init; }

    /// <summary>The totals.</summary>
    public required IReadOnlyList<TotalChange> Totals { get; init; }

    /// <summary>The changes as JSON, indented, properties always all and in the same order.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EfficiencyDiffJson.Default.EfficiencyDiff);

    /// <summary>The changes for people, as Markdown. Names are escaped: whatever they hold, they stay text.</summary>
    public string ToMarkdown() => DiffMarkdown.Write(this);
}
