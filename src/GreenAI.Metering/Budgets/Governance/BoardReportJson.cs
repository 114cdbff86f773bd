using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Writes board reports without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    WriteIndented = true,
    Converters =
    [
        typeof(BudgetStatusJsonConverter),
        typeof(BudgetEventJsonConverter),
        typeof(EnergyJsonConverter),
        typeof(CarbonMassJsonConverter),
        typeof(RelativeUncertaintyJsonConverter),
        typeof(SecondsJsonConverter),
        typeof(WordJsonConverter<Verdict>),
        typeof(WordJsonConverter<WaiverState>),
        typeof(WordJsonConverter<CharterProblemKind>),
        typeof(WordJsonConverter<CarbonGap>),
        typeof(WordJsonConverter<MeasurementTier>),
        typeof(WordJsonConverter<Kpi>),
        typeof(WordJsonConverter<KpiGap>),
        typeof(WordJsonConverter<KpiComparison>),
        typeof(WordJsonConverter<TargetVerdict>),
    ])]
[JsonSerializable(typeof(BoardReport))]
internal sealed partial class BoardReportJson : JsonSerializerContext;
