using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>An event as the audit log has it. It is written and not read.</summary>
internal sealed class BudgetEventJsonConverter : JsonConverter<BudgetEvent>
{
    public override BudgetEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, BudgetEvent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("time", value.Time.ToUniversalTime());
        writer.WriteString("kind", BudgetEventJson.KindOf(value));
        BudgetEventJson.WriteData(writer, value);
        if (value.PolicyHash.Length > 0) writer.WriteString("policy", value.PolicyHash);
        writer.WriteEndObject();
    }
}
