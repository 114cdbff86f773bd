using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What the chain needs to know of a line that anybody may have written.</summary>
internal readonly struct AuditLine
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 8 };

    public required long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Kind { get; init; }

    public required string Previous { get; init; }

    /// <summary>Of the first record of a file: its own name.</summary>
    public string? File { get; init; }

    /// <summary>The name of the file before; null for the first file.</summary>
    public string? PreviousFile { get; init; }

    /// <summary>What the log found wrong when it was opened.</summary>
    public string? Break { get; init; }

    /// <summary>Where the torn end of the file before was moved to, and its SHA-256.</summary>
    public string? TornFile { get; init; }

    public string? TornHash { get; init; }

    public bool IsFile => Kind == AuditFormat.FileKind;

    public static bool TryRead(ReadOnlySpan<byte> line, out AuditLine record)
    {
        record = default;
        try
        {
            long? sequence = null;
            DateTimeOffset? time = null;
            string? kind = null, previous = null, file = null, previousFile = null, found = null, tornFile = null, tornHash = null;
            Utf8JsonReader reader = new(line, _options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name == "seq") sequence = reader.GetInt64();
                else if (name == "time") time = reader.GetDateTimeOffset();
                else if (name == "kind") kind = reader.GetString();
                else if (name == "prev") previous = reader.GetString();
                else if (name == "file") file = reader.GetString();
                else if (name == "previousFile") previousFile = reader.GetString();
                else if (name == "break") found = reader.GetString();
                else if (name == "tornFile") tornFile = reader.GetString();
                else if (name == "tornSha256") tornHash = reader.GetString();
                else reader.Skip();
            }

            // Nothing may stand after the object.
            if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) return false;
            if (sequence is not > 0 || sequence == long.MaxValue || time is null || kind is null || !AuditFormat.IsHash(previous)) return false;
            record = new()
            {
                Sequence = sequence.Value,
                Time = time.Value,
                Kind = kind,
                Previous = previous!,
                File = file,
                PreviousFile = previousFile,
                Break = found,
                TornFile = tornFile,
                TornHash = tornHash,
            };
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, not UTF-8, or a property of another type.
            return false;
        }
    }
}
