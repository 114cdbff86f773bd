using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>An energy as whole microjoules, which are read back, and as joules for people and tools.</summary>
internal sealed class EnergyJsonConverter : JsonConverter<Energy>
{
    public override Energy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument amount = JsonDocument.ParseValue(ref reader);
        return Energy.FromMicrojoules(amount.RootElement.GetProperty("microjoules"u8).GetInt64());
    }

    public override void Write(Utf8JsonWriter writer, Energy value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("microjoules"u8, value.Microjoules);
        writer.WriteNumber("joules"u8, value.Joules);
        writer.WriteEndObject();
    }
}
