namespace GreenAI.Metering;

/// <summary>What is better of an indicator, and what it rests on.</summary>
internal static class KpiDirection
{
    /// <summary>Whether more of it is better; otherwise less is.</summary>
    public static bool IsHigherBetter(Kpi kpi) => kpi is Kpi.ModelEfficiencyRatio or Kpi.ModelEfficiencyRatioPerThousand
        or Kpi.HardwareUtilization or Kpi.SustainedHardwareUtilization or Kpi.DataEfficiencyScore
        or Kpi.RenewableMatching or Kpi.HourlyRenewableMatching;

    /// <summary>Whether operational grams are in it: then figures of different methods or boundaries do not compare.</summary>
    public static bool HasGridCarbon(Kpi kpi) => kpi is Kpi.CarbonPerInference or Kpi.CarbonPerSuccess
        or Kpi.MarginalCarbonPerInference or Kpi.SoftwareCarbonIntensity;
}
