using System.Globalization;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>An indicator's numbers, short enough for a column.</summary>
internal static class KpiNumber
{
    /// <summary>With the unit's prefix that fits: <c>1.23 mg</c>.</summary>
    public static string Of(Kpi kpi, double number) => KpiDefinition.Of(kpi).Unit switch
    {
        "1" => SiText.Percent(number),
        "g" or "J" => SiText.Quantity(number, KpiDefinition.Of(kpi).Unit),
        "kWh" => SiText.Quantity(number * 1000, "Wh"),
        "h" => SiText.Quantity(number * 3600, "s"),
        "g/h" => $"{SiText.Quantity(number, "g")}/h",
        "1/kWh" => $"{Plain(number)}/kWh",
        "1/TB" => $"{Plain(number)}/TB",
        string unit => $"{Plain(number)} {unit}",
    };

    /// <summary>The bound in the indicator's own unit, as the guide writes it: <c>&lt; 1 g</c>.</summary>
    public static string OfTarget(Kpi kpi, KpiTarget target)
    {
        string sign = target.ToString().Split(' ')[0];
        return $"{sign} {KpiDefinition.Of(kpi).Unit switch
        {
            "1" => $"{Plain(target.Bound * 100)} %",
            "1/kWh" => $"{Plain(target.Bound)}/kWh",
            "1/TB" => $"{Plain(target.Bound)}/TB",
            string unit => $"{Plain(target.Bound)} {unit}",
        }}";
    }

    private static string Plain(double number) =>
        number.ToString(Math.Abs(number) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture);
}
