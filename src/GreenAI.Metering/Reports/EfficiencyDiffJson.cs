using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Writes diffs without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    WriteIndented = true,
    Converters =
    [
        typeof(SecondsJsonConverter),
        typeof(WordJsonConverter<Kpi>),
        typeof(WordJsonConverter<TargetVerdict>),
        typeof(WordJsonConverter<ChangeOutcome>),
    ])]
[JsonSerializable(typeof(EfficiencyDiff))]
internal sealed partial class EfficiencyDiffJson : JsonSerializerContext;
