using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The published JSON Schema of reports, by which they are also read.</summary>
internal static class ReportSchema
{
    // The version is read before all else and answered with what to do: here any text will do.
    private static readonly PublishedSchema _schema = new(
        "GreenAI.Metering.efficiency-report.schema.json",
        new Dictionary<string, SchemaPattern> { ["^1\\.[0-9]+$"] = new(_ => true, "it must be a string") });

    public static string Text => _schema.Text;

    /// <summary>The first thing that is wrong with a report; null when it holds to the schema.</summary>
    public static SchemaProblem? Check(JsonElement report)
    {
        SchemaProblems problems = new(most: 1);
        _schema.Root.Check(report, problems);
        return problems.Found.Count > 0 ? problems.Found[0].Under("$") : null;
    }
}
