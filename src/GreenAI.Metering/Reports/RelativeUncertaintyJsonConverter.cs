using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>A band as its two sides.</summary>
internal sealed class RelativeUncertaintyJsonConverter : JsonConverter<RelativeUncertainty>
{
    public override RelativeUncertainty Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument band = JsonDocument.ParseValue(ref reader);
        return new(band.RootElement.GetProperty("below"u8).GetDouble(), band.RootElement.GetProperty("above"u8).GetDouble());
    }

    public override void Write(Utf8JsonWriter writer, RelativeUncertainty value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("below"u8, value.Below);
        writer.WriteNumber("above"u8, value.Above);
        writer.WriteEndObject();
    }
}
