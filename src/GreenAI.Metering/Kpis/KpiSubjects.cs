namespace GreenAI.Metering;

/// <summary>Of whom indicators are, and over what.</summary>
internal static class KpiSubjects
{
    /// <summary>Whether it is of the host only, not of models.</summary>
    public static bool IsOfHost(Kpi kpi) => kpi is Kpi.HardwareUtilization or Kpi.SustainedHardwareUtilization or Kpi.RenewableMatching or Kpi.HourlyRenewableMatching
        or Kpi.ComputeHoursPerOutcome or Kpi.BusyComputeHoursPerOutcome;

    /// <summary>Whether it is over a window; others are over all that was recorded.</summary>
    public static bool HasWindow(Kpi kpi) => kpi is not (Kpi.EnergyToSolution or Kpi.DataEfficiencyScore or Kpi.SustainedHardwareUtilization
        or Kpi.RenewableMatching or Kpi.HourlyRenewableMatching);
}
