namespace GreenAI.Metering;

/// <summary>Names of the instruments of requests, and of the attributes of spans.</summary>
/// <remarks>
/// No convention for energy or carbon of requests exists: <c>greenai.*</c> is ours. <c>http.route</c> is the OpenTelemetry convention's:
/// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/.
/// </remarks>
public static class RequestInstruments
{
    /// <summary>The meter: <c>GreenAI.Metering.AspNetCore</c>.</summary>
    public const string Meter = "GreenAI.Metering.AspNetCore";

    /// <summary>Energy above the idle floor of one inference of a request in joules, by model and route; final.</summary>
    public const string RequestEnergy = "greenai.request.energy";

    /// <summary>Operational emissions above the idle floor of one inference of a request in grams of CO2e, by model and route; final.</summary>
    public const string RequestEmissions = "greenai.request.emissions";

    /// <summary>Inferences of requests whose final footprint could not be told with its request.</summary>
    public const string RequestOverflow = "greenai.request.overflow";

    internal const string Route = "http.route";
    internal const string Model = "greenai.model";
    internal const string EnergyJoules = "greenai.energy_j";
    internal const string EmissionsGrams = "greenai.emissions_g";
    internal const string Basis = "greenai.basis";
    internal const string Method = "greenai.method";
    internal const string Tier = "greenai.tier";
    internal const string Provisional = "greenai.provisional";
    internal const string Reason = "greenai.reason";
    internal const string Verdict = "greenai.verdict";
    internal const string Budget = "greenai.budget";

    internal static string BasisOf(CarbonMethod method) => method switch
    {
        CarbonMethod.LocationBased => "location",
        CarbonMethod.MarketBased => "market",
        _ => "marginal",
    };
}
