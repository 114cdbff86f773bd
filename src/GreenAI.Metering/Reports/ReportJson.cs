using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Reads and writes reports without reflection.</summary>
/// <remarks>
/// A number that is none (NaN) is written as a word, which the schema refuses: so the writer finds it, with its place. The
/// schema is checked before anything is read by this.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(EnergyJsonConverter),
        typeof(CarbonMassJsonConverter),
        typeof(CarbonIntensityJsonConverter),
        typeof(RelativeUncertaintyJsonConverter),
        typeof(SecondsJsonConverter),
        typeof(WordJsonConverter<CarbonMethod>),
        typeof(WordJsonConverter<CarbonBoundary>),
        typeof(WordJsonConverter<CarbonSignal>),
        typeof(WordJsonConverter<CarbonBasis>),
        typeof(WordJsonConverter<CarbonGap>),
        typeof(WordJsonConverter<EnergyDomain>),
        typeof(WordJsonConverter<MeasurementTier>),
        typeof(WordJsonConverter<Kpi>),
        typeof(WordJsonConverter<KpiGap>),
        typeof(WordJsonConverter<KpiComparison>),
        typeof(WordJsonConverter<TargetVerdict>),
    ])]
[JsonSerializable(typeof(EfficiencyReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
