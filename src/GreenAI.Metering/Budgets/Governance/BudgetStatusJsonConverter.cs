using System.Text.Json;
using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>A status with its burn-down. It is written and not read.</summary>
internal sealed class BudgetStatusJsonConverter : JsonConverter<BudgetStatus>
{
    public override BudgetStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, BudgetStatus value, JsonSerializerOptions options) => BudgetEventJson.WriteStatus(writer, value, withPoints: true);
}
