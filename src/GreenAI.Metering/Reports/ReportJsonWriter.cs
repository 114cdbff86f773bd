using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GreenAI.Metering;

/// <summary>A report as JSON. What it writes was checked as the reader checks it: what is written can be read.</summary>
internal static class ReportJsonWriter
{
    // Letters of all scripts as they are; what HTML would take for its own (<, >, &, ') is still escaped.
    private static readonly JsonWriterOptions _form = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
#if NET9_0_OR_GREATER
        NewLine = "\n",
#endif
    };

    /// <exception cref="InvalidOperationException">A figure is impossible or contradicts another; the message tells its place.</exception>
    public static ReadOnlyMemory<byte> Write(EfficiencyReport report)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, _form)) JsonSerializer.Serialize(writer, report, ReportJson.Default.EfficiencyReport);
        using JsonDocument written = JsonDocument.Parse(bytes.WrittenMemory);
        SchemaProblem? problem = ReportSchema.Check(written.RootElement) ?? ReportRules.Check(report);
        return problem is null
            ? bytes.WrittenMemory
            : throw new InvalidOperationException($"The report cannot be written, for it could not be read back. {problem.Path}: {problem.Reason}");
    }
}
