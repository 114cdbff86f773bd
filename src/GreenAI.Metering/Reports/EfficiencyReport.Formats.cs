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
}
