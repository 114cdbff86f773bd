using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>An intensity as an object that names its unit.</summary>
internal sealed class CarbonIntensityJsonConverter : JsonConverter<CarbonIntensity>
{
    public override CarbonIntensity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument intensity = JsonDocument.ParseValue(ref reader);
        return CarbonIntensity.FromGramsPerKilowattHour(intensity.RootElement.GetProperty("gramsPerKilowattHour"u8).GetDouble());
    }

    public override void Write(Utf8JsonWriter writer, CarbonIntensity value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("gramsPerKilowattHour"u8, value.GramsPerKilowattHour);
        writer.WriteEndObject();
    }
}
