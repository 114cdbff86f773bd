using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Everything a meter knows, at one moment: totals, factors used, embodied figures, models, indicators.</summary>
/// <remarks>
/// A snapshot: immutable, thread-safe, independent of the meter, equal by value. It is written as JSON (<see cref="ToJson"/>,
/// by the schema <see cref="JsonSchema"/>), Markdown and CSV, and read back from JSON only.
/// </remarks>
public sealed partial record EfficiencyReport
{
    /// <summary>The identifier of the JSON Schema that a report names as its <c>$schema</c>.</summary>
    public const string SchemaId = "urn:greenai-metering:efficiency-report:1";

    /// <summary>Version of the report's form, major and minor: a new major is not read by older libraries, a new minor is.</summary>
    /// <value>The version this library writes: <c>1.0</c>.</value>
    [JsonPropertyOrder(-1)]
    public string SchemaVersion { get; init; } = ReportVersions.Written;

    /// <summary>Version of the library that made the report.</summary>
    /// <value>This library's.</value>
    [JsonPropertyOrder(-1)]
    public string LibraryVersion { get; init; } = ReportVersions.Library;

    /// <summary>When it was made; held in UTC.</summary>
    public required DateTimeOffset GeneratedAt { get; init => field = value.ToUniversalTime(); }

    /// <summary>The time it covers: since metering began.</summary>
    [JsonPropertyName("elapsedSeconds")]
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The service it is of; null when it was given no name.</summary>
    public string? Service { get; init; }

    /// <summary>The rules its figures follow.</summary>
    public required ReportAccounting Accounting { get; init; }

    /// <summary>The joules, by where they went.</summary>
    public required ReportEnergy Energy { get; init; }

    /// <summary>Each metered device.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ReportDevice> Devices { get; init => field = [.. value]; } = [];

    /// <summary>The grams, by where they went.</summary>
    public required ReportCarbon Carbon { get; init; }

    /// <summary>The grid factors that priced energy, with what each priced.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ReportFactor> Factors { get; init => field = [.. value]; } = [];

    /// <summary>The equipment whose making is accounted for.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ReportEmbodiedItem> EmbodiedItems { get; init => field = [.. value]; } = [];

    /// <summary>Each model.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ReportModel> Models { get; init => field = [.. value]; } = [];

    /// <summary>The indicators, of the host and of models, window by window.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ReportKpi> Kpis { get; init => field = [.. value]; } = [];

    [JsonInclude]
    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-2)]
    internal string Schema { get; init; } = SchemaId;

    /// <summary>Whether two reports say the same, value for value.</summary>
    public bool Equals(EfficiencyReport? other) => other is not null
        && SchemaVersion == other.SchemaVersion && LibraryVersion == other.LibraryVersion
        && GeneratedAt == other.GeneratedAt && Elapsed == other.Elapsed && Service == other.Service
        && Accounting == other.Accounting && Energy == other.Energy && Carbon == other.Carbon
        && Devices.SequenceEqual(other.Devices) && Factors.SequenceEqual(other.Factors)
        && EmbodiedItems.SequenceEqual(other.EmbodiedItems) && Models.SequenceEqual(other.Models) && Kpis.SequenceEqual(other.Kpis);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GeneratedAt, Elapsed, Service, Energy, Carbon, Models.Count, Kpis.Count);

    /// <summary>Of which service and moment it is.</summary>
    public override string ToString() => FormattableString.Invariant($"Efficiency report of {Service ?? "a service without a name"}, {GeneratedAt:u}");
}
