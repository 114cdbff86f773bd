using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Indicators in words a board can read, in the invariant culture. Texts are made when they are asked for.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class KpiText
{
    private const string GenerativeNote =
        " The guide's 10 mJ per query is not meant for generative models: a prompt costs 46 to 1,200 J, 3.7 to 5.1 orders of magnitude more.";

    /// <summary>A value with its unit and up to four significant digits: <c>0.1632 g</c>; <c>undefined</c> where there is none.</summary>
    public static string ValueOf(in KpiValue value) => value.Value is { } number ? Quantity(value.Kpi, number) : "undefined";

    /// <summary>Why an indicator has no value, or is only nearly complete, in words; null when nothing is missing.</summary>
    public static string? ReasonOf(in KpiValue value) => value.Gap switch
    {
        KpiGap.None => value.CarbonGap == CarbonGap.None ? null : $"some of the energy had no grid factor: {Reason(value.CarbonGap)}",
        KpiGap.NoCarbonFactor or KpiGap.PartialCarbon when value.CarbonGap != CarbonGap.None => $"{Reason(value.Gap)}: {Reason(value.CarbonGap)}",
        KpiGap.NotAchieved => $"{Reason(value.Gap)}, for {Number(value.Numerator)} kWh so far",
        _ => Reason(value.Gap),
    };

    internal static string Explain(in KpiValue value, WorkloadKind workload)
    {
        KpiDefinition definition = value.Definition;
        string name = value.Qualifier is { } qualifier ? $"{definition.Name} ({qualifier})" : definition.Name;
        string target = value.Target is { } asked ? $", target {asked.Sign} {Quantity(value.Kpi, asked.Bound)}" : "";
        string line = value.Gap == KpiGap.None
            ? $"{name}: {ValueOf(value)} ({Band(value)}, {value.Tier}){target}{Verdict(value)}."
            : $"{name}{target}: undefined, because {ReasonOf(value)}.";
        return line + Cut(value) + (value.Gap == KpiGap.None && ReasonOf(value) is { } part ? $" Nearly complete: {part}." : "") + Note(value, workload);
    }

    private static string Verdict(in KpiValue value)
    {
        if (value.Target is not { } target || value.Value is not { } number) return "; no target";
        string verdict = target.IsMetBy(number) ? ": met" : ": not met";
        if (value.IsUnbounded) return target.IsMetBy(double.MaxValue) == target.IsMetBy(number) ? verdict : $"{verdict}, though it may be otherwise";
        return value.Uncertainty is not { } band || target.IsMetBy(number * (1 - band.Below)) == target.IsMetBy(number * (1 + band.Above))
            ? verdict
            : $"{verdict}, though the target lies within the uncertainty";
    }

    private static string Band(in KpiValue value) =>
        value.Uncertainty is { } band ? band.ToString() : value.IsUnbounded ? "no upper bound known" : "uncertainty not known";

    private static string Cut(in KpiValue value) => value switch
    {
        { Surplus: 0 } or { Gap: not KpiGap.None } => "",
        { Kpi: Kpi.RenewableMatching or Kpi.HourlyRenewableMatching } => $" {Number(value.Surplus)} kWh of green energy beyond the load are not in it.",
        { Kpi: Kpi.SustainedHardwareUtilization } => $" {Number(value.Surplus * 100)} % above the capacity were cut off.",
        _ => $" {Number(value.Surplus)} h above the capacity were cut off.",
    };

    // Only beside the guide's own bound: who sets another for such a model has read this.
    private static string Note(in KpiValue value, WorkloadKind workload) =>
        value.Kpi == Kpi.WattsPerQuery && workload == WorkloadKind.Generative && value.Target == value.Definition.DefaultTarget ? GenerativeNote : "";

    private static string Quantity(Kpi kpi, double number) => KpiDefinition.Of(kpi).Unit switch
    {
        "1" => $"{Number(number * 100)} %",
        "1/kWh" => $"{Number(number)} per kWh",
        "1/TB" => $"{Number(number)} per TB",
        "g/h" => $"{Number(number)} g per useful hour",
        string unit => $"{Number(number)} {unit}",
    };

    private static string Number(double number)
    {
        if (number == 0) return "0";
        int digits = (int)Math.Floor(Math.Log10(Math.Abs(number)));
        return digits is < -9 or > 14
            ? number.ToString("0.###E+0", CultureInfo.InvariantCulture)
            : number.ToString("#,0." + new string('#', Math.Max(0, 3 - digits)), CultureInfo.InvariantCulture);
    }

    internal static string Reason(KpiGap gap) => gap switch
    {
        KpiGap.NoInference => "no inference was completed in the window",
        KpiGap.NoSuccess => "no inference of the window gave a result",
        KpiGap.NoUnits => "no work unit was reported; give units when an inference completes",
        KpiGap.NoEnergy => "nothing was metered: no device was read, or the counters rose no more than the idle floor",
        KpiGap.NoCarbonFactor => "no grid carbon factor applied",
        KpiGap.PartialCarbon => "a grid carbon factor applied to less than 95 % of the energy, so that the sum would be too low",
        KpiGap.NoEmbodied => "embodied carbon is not stated, or its total or lifespan is missing; not stated is not zero",
        KpiGap.NoAccuracy => "no accuracy or performance was reported",
        KpiGap.NoFlopsPerJoule => "the training is given in FLOPs without FLOP per joule, and operations are not an energy",
        KpiGap.NoAttempt => "no attempt at a solution was recorded",
        KpiGap.NotAchieved => "the outcome was not achieved",
        KpiGap.NoCapacity => "no capacity is known that could be used",
        KpiGap.NoUtilization => "the device was not utilised, and no useful hour can carry its embodied carbon",
        KpiGap.NoData => "no amount of training data was reported",
        KpiGap.NoLoad => "there was no load in the period",
        KpiGap.NoRenewables => "no green energy was reported; report 0 where there is none",
        KpiGap.NoOutcome => "the application reported no outcome",
        KpiGap.NoFunctionalUnit => "no functional unit (R) was counted",
        KpiGap.TooEarly => "the window has not been open for long enough",
        KpiGap.NoTraining => "no training energy was reported; state that there is none to count where that is so",
        KpiGap.NoPue => "the data centre's overhead (PUE) is not stated, and so the load of the site is not known; state 1.0 where there is none",
        KpiGap.NotRead => "the utilisation of a device could not be read",
        _ => "the reason is not known",
    };

    internal static string Reason(CarbonGap gap) => gap switch
    {
        CarbonGap.NotConfigured => "no zone, region, constant or provider is configured",
        CarbonGap.NoPue => "the data centre's overhead (PUE) is not stated; state 1.0 where there is none",
        CarbonGap.Pending => "the source of factors has not answered yet",
        CarbonGap.NoData => "the source of factors has none for this place and time",
        CarbonGap.Unauthorized => "the source of factors refused the credentials",
        CarbonGap.RateLimited => "the source of factors asked to be left alone for a while",
        CarbonGap.Stale => "the last factor is too old",
        CarbonGap.Malformed => "the answer of the source of factors could not be understood",
        CarbonGap.Unreachable => "the source of factors could not be reached",
        CarbonGap.WrongKind => "the factor is of another kind than the accounts, and grams of different kinds do not add up",
        _ => "the reason is not known",
    };
}
