using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>A mass as whole micrograms, which are read back, and as grams for people and tools.</summary>
internal sealed class CarbonMassJsonConverter : JsonConverter<CarbonMass>
{
    public override CarbonMass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument amount = JsonDocument.ParseValue(ref reader);
        return CarbonMass.FromMicrograms(amount.RootElement.GetProperty("micrograms"u8).GetInt64());
    }

    public override void Write(Utf8JsonWriter writer, CarbonMass value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("micrograms"u8, value.Micrograms);
        writer.WriteNumber("grams"u8, value.GramsCO2e);
        writer.WriteEndObject();
    }
}
