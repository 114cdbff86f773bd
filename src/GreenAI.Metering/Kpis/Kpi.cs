namespace GreenAI.Metering;

/// <summary>The indicators. What each is, <see cref="KpiDefinition.Of"/> says.</summary>
public enum Kpi
{
    /// <summary>Operational and embodied grams per completed inference, idle included.</summary>
    CarbonPerInference,

    /// <summary>The same grams per inference that gave a result.</summary>
    CarbonPerSuccess,

    /// <summary>Operational grams above the idle floor per completed inference: what one more costs.</summary>
    MarginalCarbonPerInference,

    /// <summary>Joules per completed inference, idle included.</summary>
    EnergyPerInference,

    /// <summary>Joules per work unit (token, row, image), idle included.</summary>
    EnergyPerUnit,

    /// <summary>Mean watts per mean queries per second: joules per query.</summary>
    WattsPerQuery,

    /// <summary>Accuracy per kilowatt-hour of allocated training and inference.</summary>
    ModelEfficiencyRatio,

    /// <summary>Accuracy per kilowatt-hour of allocated training and of a thousand inferences: does not fall with traffic.</summary>
    ModelEfficiencyRatioPerThousand,

    /// <summary>Kilowatt-hours of all attempts, failed ones too, until the outcome was reached.</summary>
    EnergyToSolution,

    /// <summary>Share of the provisioned capacity in use, mean over the window.</summary>
    HardwareUtilization,

    /// <summary>The 5th percentile of the one-minute means of the same.</summary>
    SustainedHardwareUtilization,

    /// <summary>Performance per terabyte (1e12 B) of training data.</summary>
    DataEfficiencyScore,

    /// <summary>The guide's embodied grams per useful hour.</summary>
    EmbodiedRate,

    /// <summary>Embodied grams of the window: M of SCI.</summary>
    EmbodiedCarbon,

    /// <summary>Green energy against load over the whole period, at most 1 (ISO/IEC 30134-3).</summary>
    RenewableMatching,

    /// <summary>Green energy against load hour by hour, surplus not carried over.</summary>
    HourlyRenewableMatching,

    /// <summary>Provisioned device hours per outcome of the application.</summary>
    ComputeHoursPerOutcome,

    /// <summary>Busy device hours per outcome of the application.</summary>
    BusyComputeHoursPerOutcome,

    /// <summary>SCI (ISO/IEC 21031): (E·I + M) / R.</summary>
    SoftwareCarbonIntensity,
}
