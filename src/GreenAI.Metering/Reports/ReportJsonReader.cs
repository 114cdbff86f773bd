using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace GreenAI.Metering;

/// <summary>Reads a report from JSON that anybody may have written: all of it, or an exception that tells what is wrong where.</summary>
internal static class ReportJsonReader
{
    // Nothing in a report lies deeper than 6; the rest is for what later versions add.
    private static readonly JsonDocumentOptions _form = new() { MaxDepth = 32 };

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="ReportFormatException">It is no report, or one that cannot be read.</exception>
    public static EfficiencyReport Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > EfficiencyReport.MaxJsonBytes) throw TooLong();
        if (json.Span.StartsWith(Mark)) json = json[Mark.Length..];
        if (!Utf8.IsValid(json.Span)) throw new ReportFormatException("$", "It is not UTF-8.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, _form);
            Check(document.RootElement);
            EfficiencyReport report = document.RootElement.Deserialize(ReportJson.Default.EfficiencyReport)!;
            return ReportRules.Check(report) is { } contradiction ? throw new ReportFormatException(contradiction.Path, contradiction.Reason) : report;
        }
        catch (JsonException damaged)
        {
            // The message of a broken text quotes all that follows: the place is enough.
            throw damaged.Path is { } path
                ? new ReportFormatException(path, SchemaWords.Cut(damaged.Message), damaged)
                : new ReportFormatException("$", string.Create(CultureInfo.InvariantCulture, $"It is not JSON from line {damaged.LineNumber + 1}, byte {damaged.BytePositionInLine + 1} on."));
        }
    }

    public static ReportFormatException TooLong() => new("$", string.Create(CultureInfo.InvariantCulture, $"It is longer than {EfficiencyReport.MaxJsonBytes} bytes."));

    private static void Check(JsonElement root)
    {
        try
        {
            bool isNewer = CheckVersion(root);
            if (ReportSchema.Check(root) is { } problem) throw new ReportFormatException(problem.Path, isNewer ? $"{problem.Reason} {Newer(root)}" : problem.Reason);
        }
        catch (InvalidOperationException broken)
        {
            // JsonElement's word for an escape that is no character (\ud800 alone), in a name or in a string.
            throw new ReportFormatException("$", broken.Message, broken);
        }
    }

    /// <summary>Whether the minor version is newer than this library's.</summary>
    private static bool CheckVersion(JsonElement root)
    {
        const string place = "$.schemaVersion";
        if (root.ValueKind != JsonValueKind.Object) throw new ReportFormatException("$", $"It is {SchemaWords.Shown(root)}; a report is an object.");
        if (!root.TryGetProperty("schemaVersion"u8, out JsonElement version))
            throw new ReportFormatException(place, "It is missing: this is not an efficiency report.");
        if (!TryParse(version, out int major, out int minor))
            throw new ReportFormatException(place, $"It is {SchemaWords.Shown(version)}; it must be a version like \"{ReportVersions.Written}\".");
        if (major > ReportVersions.Major) throw new ReportFormatException(place, Newer(root));
        return major == ReportVersions.Major
            ? minor > ReportVersions.Minor
            : throw new ReportFormatException(place, $"It is {SchemaWords.Shown(version)}, a version that never was.");
    }

    private static string Newer(JsonElement root) =>
        $"The report is of version {SchemaWords.Shown(root.GetProperty("schemaVersion"u8))} and this library reads \"{ReportVersions.Written}\": read it with a newer GreenAI.Metering.";

    private static bool TryParse(JsonElement version, out int major, out int minor)
    {
        major = minor = 0;
        if (version.ValueKind != JsonValueKind.String || version.GetString()!.Split('.') is not [var first, var second]) return false;
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out major)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }
}
