using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Events of budgets as CloudEvents 1.0 (CNCF, JSON event format).</summary>
internal static class CloudEventJson
{
    private const int IdBytes = 16;

    public static string Write(BudgetEvent budgetEvent, string source)
    {
        ReadOnlyMemory<byte> data = Data(budgetEvent);
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            string type = $"io.greenai.budget.{BudgetEventJson.KindOf(budgetEvent)}.v1";
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Id(type, budgetEvent.Time, data.Span));
            json.WriteString("source", source);
            json.WriteString("type", type);
            json.WriteString("time", budgetEvent.Time.ToUniversalTime());
            if (Subject(budgetEvent) is { } subject) json.WriteString("subject", subject);
            json.WriteString("datacontenttype", "application/json");
            json.WritePropertyName("data");
            json.WriteRawValue(data.Span);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static ReadOnlyMemory<byte> Data(BudgetEvent budgetEvent)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            BudgetEventJson.WriteData(json, budgetEvent);
            if (budgetEvent.PolicyHash.Length > 0) json.WriteString("policy", budgetEvent.PolicyHash);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    // The same event has the same id, in whichever process and however often it is written: receivers drop what they have.
    private static string Id(string type, DateTimeOffset time, ReadOnlySpan<byte> data)
    {
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{type} {time.UtcTicks} ")));
        sha.AppendData(data);
        return AuditFormat.Hex(sha.GetHashAndReset().AsSpan(0, IdBytes));
    }

    private static string? Subject(BudgetEvent budgetEvent)
    {
        if (string.IsNullOrEmpty(budgetEvent.Rule)) return null;
        return budgetEvent.Part.Length == 0 ? budgetEvent.Rule : $"{budgetEvent.Rule}/{budgetEvent.Part}";
    }
}
