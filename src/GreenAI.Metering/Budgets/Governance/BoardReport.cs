using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>What a board needs to know: the policy, indicators against targets, budgets, decisions, waivers, charters, and how good the figures are.</summary>
/// <remarks>A snapshot: immutable, thread-safe, independent of the meter.</remarks>
public sealed class BoardReport
{
    internal BoardReport()
    {
    }

    /// <summary>Version of the report's form: a new major one changes what there is, a new minor one adds.</summary>
    [JsonPropertyOrder(-1)]
    public string SchemaVersion { get; } = "1.0";

    /// <summary>Version of the library that made the report.</summary>
    [JsonPropertyOrder(-1)]
    public string LibraryVersion { get; } = ReportVersions.Library;

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The service it is of; null when it was given no name.</summary>
    public string? Service { get; init; }

    /// <summary>The policy in force.</summary>
    public required BoardPolicy Policy { get; init; }

    /// <summary>Indicators against targets.</summary>
    public required IReadOnlyList<BoardKpi> Kpis { get; init; }

    /// <summary>Budgets, with their burn-down and forecast.</summary>
    public required IReadOnlyList<BudgetStatus> Budgets { get; init; }

    /// <summary>Decisions by budget and verdict.</summary>
    public required IReadOnlyList<BoardDecisions> Decisions { get; init; }

    /// <summary>Waivers: those that hold, those that are about to expire, those that did, and those that are used up.</summary>
    public required IReadOnlyList<BoardWaiver> Waivers { get; init; }

    /// <summary>Charters: estimate against actual energy, and what is wrong with them.</summary>
    public required IReadOnlyList<BoardCharter> Charters { get; init; }

    /// <summary>How good the figures are.</summary>
    public required BoardQuality Quality { get; init; }

    /// <summary>The joules, by where they went.</summary>
    public required ReportEnergy Energy { get; init; }

    /// <summary>The grams, by where they went.</summary>
    public required ReportCarbon Carbon { get; init; }

    /// <summary>What happened lately, the oldest first.</summary>
    public required IReadOnlyList<BudgetEvent> Events { get; init; }

    /// <summary>The report as JSON, indented, always in the same order. It is not read back.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BoardReportJson.Default.BoardReport);

    /// <summary>The report for people, as Markdown. Names are escaped: whatever they hold, they stay text.</summary>
    public string ToMarkdown() => BoardMarkdown.Write(this);

    internal static BoardReport From(BoardReportInput input) => new()
    {
        GeneratedAt = input.GeneratedAt.ToUniversalTime(),
        Service = input.Service,
        Policy = BoardPolicy.Of(input.Policy, input.PolicyHash, input.GeneratedAt),
        Kpis = [.. BoardKpi.Of(input)],
        Budgets = input.Budgets,
        Decisions = input.Decisions,
        Waivers = [.. input.Policy.Waivers.Select(waiver => BoardWaiver.Of(input, waiver))],
        Charters = [.. input.Policy.Charters.Select(charter => BoardCharter.Of(input, charter))],
        Quality = BoardQuality.Of(input.Totals, input.Budgets),
        Energy = ReportEnergy.From(input.Totals),
        Carbon = ReportBuilder.Carbon(input.Totals.Carbon),
        Events = input.Events,
    };
}
