using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Reads and writes the header without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TraceHeader))]
internal sealed partial class TraceHeaderJson : JsonSerializerContext;
