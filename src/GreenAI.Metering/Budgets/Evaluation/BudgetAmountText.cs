using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Amounts of budgets as text, in the invariant culture.</summary>
internal static class BudgetAmountText
{
    /// <summary>An amount in the unit that reads best: <c>36.4 g CO2e</c>, <c>1500 J</c>; a mean of less than a thousand micrograms or microjoules keeps its decimals.</summary>
    public static string Of(BudgetKind kind, double microunits)
    {
        bool carbon = kind is BudgetKind.Emissions or BudgetKind.EmissionsPerInference;
        if (kind is BudgetKind.EmissionsPerInference or BudgetKind.EnergyPerInference && Math.Abs(microunits) < 1000)
            return string.Create(CultureInfo.InvariantCulture, $"{microunits:0.###} {(carbon ? "µg CO2e" : "µJ")}");
        long whole = microunits >= long.MaxValue ? long.MaxValue : microunits <= long.MinValue ? long.MinValue : (long)Math.Round(microunits);
        return carbon ? CarbonMass.FromMicrograms(whole).ToString() : Energy.FromMicrojoules(whole).ToString();
    }

    /// <summary>A share in percent: <c>91 %</c>, <c>0.25 %</c>, <c>99.9 %</c>. Cut off rather than rounded, so that it is never shown as reached when it is not.</summary>
    public static string Percent(double share)
    {
        double percent = share * 100;
        if (!double.IsFinite(percent)) return "of nothing";
        double step = Math.Abs(percent) < 1 ? 1000 : 10;

        // 0.29 × 1000 is a hair less than 290.
        double cut = Math.Floor((percent * step) + 1e-7) / step;
        return string.Create(CultureInfo.InvariantCulture, $"{cut:0.###} %");
    }
}
