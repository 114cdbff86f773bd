using System.Text;

namespace GreenAI.Metering;

// How a report is written and read.
public sealed partial record EfficiencyReport
{
    /// <summary>The most bytes of JSON that are read: 64 MiB.</summary>
    public const int MaxJsonBytes = 64 << 20;

    private const int ReadSize = 1 << 16;

    /// <summary>The JSON Schema (2020-12) of reports; its <c>$id</c> is <see cref="SchemaId"/>.</summary>
    public static string JsonSchema => ReportSchema.Text;

    /// <summary>The report as JSON by <see cref="JsonSchema"/>: indented, properties always all and in the same order, numbers exact.</summary>
    /// <exception cref="InvalidOperationException">A figure is impossible (not a number, a share above 1) or contradicts another; the message tells its place.</exception>
    public string ToJson() => Encoding.UTF8.GetString(ReportJsonWriter.Write(this).Span);

    /// <summary>Writes the report as JSON in UTF-8, as <see cref="ToJson"/> does; the stream is not closed.</summary>
    /// <exception cref="InvalidOperationException">A figure is impossible or contradicts another; nothing was written.</exception>
    public async Task WriteJsonAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await stream.WriteAsync(ReportJsonWriter.Write(this), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a report from JSON.</summary>
    /// <remarks>Properties that this version does not know are passed over. Nothing else is: a report is read whole or refused.</remarks>
    /// <exception cref="ReportFormatException">It is damaged, of a newer version, contradicts itself, or is no report; the message tells the place.</exception>
    public static EfficiencyReport FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length <= MaxJsonBytes ? ReportJsonReader.Read(Encoding.UTF8.GetBytes(json)) : throw ReportJsonReader.TooLong();
    }

    /// <summary>Reads a report from JSON in UTF-8, to the end of the stream, at most <see cref="MaxJsonBytes"/>; the stream is not closed.</summary>
    /// <exception cref="ReportFormatException">It is damaged, too long, of a newer version, contradicts itself, or is no report; the message tells the place.</exception>
    public static async Task<EfficiencyReport> ReadJsonAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream bytes = new();
        byte[] piece = new byte[ReadSize];
        int read;
        while ((read = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > MaxJsonBytes) throw ReportJsonReader.TooLong();
            bytes.Write(piece, 0, read);
        }

        return ReportJsonReader.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    /// <summary>The report for people, as Markdown. Names are escaped: whatever they hold, they stay text.</summary>
    public string ToMarkdown() => ReportMarkdown.Write(this);

    /// <summary>The indicators as comma-separated values, a row per subject, item, window and indicator.</summary>
    /// <remarks>
    /// RFC 4180 with CRLF, in the invariant culture. A text that a spreadsheet would run as a formula gets an apostrophe in front, so
    /// that names are not read back from here: JSON is for that.
    /// </remarks>
    public string ToKpiCsv() => ReportCsv.OfKpis(this);

    /// <summary>The totals as comma-separated values, a row per quantity and part; written as <see cref="ToKpiCsv"/> is.</summary>
    public string ToTotalsCsv() => ReportCsv.OfTotals(this);

    /// <summary>What changed from a baseline to a current report.</summary>
    /// <remarks>
    /// Grams of different methods or boundaries answer different questions: indicators and totals that hold such grams are then
    /// reported as not comparable, with the reason; energy, embodied grams and all else are compared nevertheless.
    /// </remarks>
    public static EfficiencyDiff Compare(EfficiencyReport baseline, EfficiencyReport current)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(current);
        return new ReportComparison(baseline, current).Run();
    }
}
