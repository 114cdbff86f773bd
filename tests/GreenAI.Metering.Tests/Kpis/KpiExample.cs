namespace GreenAI.Metering.Tests;

/// <summary>A worked example: the arithmetic in words, the result by hand, and the calculator asked the same.</summary>
internal sealed record KpiExample(Kpi Kpi, string Words, double? Expected, KpiGap Gap, Func<KpiValue> Compute)
{
    /// <summary>Whether the README shows it.</summary>
    public bool IsInReadme { get; private init; }

    /// <summary>Its name in the list of tests.</summary>
    public string Name => $"{KpiDefinition.Of(Kpi).Abbreviation}: {Words}";

    public static KpiExample Is(Kpi kpi, string words, double expected, Func<KpiValue> compute) => new(kpi, words, expected, KpiGap.None, compute);

    public static KpiExample Undefined(Kpi kpi, string words, KpiGap gap, Func<KpiValue> compute) => new(kpi, words, null, gap, compute);

    /// <summary>The example the README shows.</summary>
    public static KpiExample Shown(Kpi kpi, string words, double expected, Func<KpiValue> compute) =>
        Is(kpi, words, expected, compute) with { IsInReadme = true };
}
