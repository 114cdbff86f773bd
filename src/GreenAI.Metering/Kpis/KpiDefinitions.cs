namespace GreenAI.Metering;

/// <summary>The indicators, in the order of the enumeration.</summary>
internal static class KpiDefinitions
{
    public static KpiDefinition[] All { get; } =
    [
        Define(Kpi.CarbonPerInference, "Carbon per Inference", "CPI", "g", "g", "{inference}", "(operational + embodied grams, idle included) / completed inferences", new(KpiComparison.LessThan, 1)),
        Define(Kpi.CarbonPerSuccess, "Carbon per successful inference", "CPI-S", "g", "g", "{inference}", "(operational + embodied grams, idle included) / inferences that gave a result"),
        Define(Kpi.MarginalCarbonPerInference, "Marginal Carbon per Inference", "mCPI", "g", "g", "{inference}", "operational grams above the idle floor / completed inferences"),
        Define(Kpi.EnergyPerInference, "Energy per inference", "EPI", "J", "J", "{inference}", "joules, idle included / completed inferences"),
        Define(Kpi.EnergyPerUnit, "Energy per work unit", "EPU", "J", "J", "{unit}", "joules, idle included / work units (tokens, rows, images)"),
        Define(Kpi.WattsPerQuery, "Watts per Query", "WpQ", "J", "W", "1/s", "mean watts, idle included / mean queries per second", new(KpiComparison.AtMost, 0.010)),
        Define(Kpi.ModelEfficiencyRatio, "Model Efficiency Ratio", "MER", "1/kWh", "1", "kWh", "accuracy / (allocated training kWh + inference kWh)", new(KpiComparison.AtLeast, 0.5)),
        Define(Kpi.ModelEfficiencyRatioPerThousand, "Model Efficiency Ratio per 1,000 inferences", "MER-1k", "1/kWh", "1", "kWh", "accuracy / (training kWh and inference kWh of 1,000 inferences)", comparison: KpiComparison.AtLeast),
        Define(Kpi.EnergyToSolution, "Energy-to-Solution", "E2S", "kWh", "kWh", "{solution}", "kWh of all attempts, failed ones too, until the outcome was reached"),
        Define(Kpi.HardwareUtilization, "Hardware Utilisation Efficiency", "HUE", "1", "h", "h", "used capacity hours / provisioned capacity hours", new(KpiComparison.GreaterThan, 0.65)),
        Define(Kpi.SustainedHardwareUtilization, "Sustained utilisation", "HUE-P5", "1", "1", "1", "5th percentile of the one-minute means of utilisation", comparison: KpiComparison.GreaterThan),
        Define(Kpi.DataEfficiencyScore, "Data Efficiency Score", "DES", "1/TB", "1", "TB", "performance / training data in TB (1e12 B)", comparison: KpiComparison.AtLeast),
        Define(Kpi.EmbodiedRate, "Embodied Carbon Amortisation", "ECA", "g/h", "g", "h", "total embodied grams / (lifespan hours × utilisation), per useful hour"),
        Define(Kpi.EmbodiedCarbon, "Embodied carbon of the window", "M", "g", "g", "1", "total embodied grams × time / lifespan × share (SCI's M)"),
        Define(Kpi.RenewableMatching, "Renewable Energy Matching", "REM", "1", "kWh", "kWh", "min(green, load) / load over the whole period", new(KpiComparison.GreaterThan, 0.9)),
        Define(Kpi.HourlyRenewableMatching, "Hourly renewable matching", "REM-h", "1", "kWh", "kWh", "sum over hours of min(green, load) / load", comparison: KpiComparison.GreaterThan),
        Define(Kpi.ComputeHoursPerOutcome, "Compute Hours per Business Outcome", "CHO", "h", "h", "{outcome}", "provisioned device hours / outcomes"),
        Define(Kpi.BusyComputeHoursPerOutcome, "Busy compute hours per outcome", "CHO-busy", "h", "h", "{outcome}", "busy device hours / outcomes"),
        Define(Kpi.SoftwareCarbonIntensity, "Software Carbon Intensity (ISO/IEC 21031)", "SCI", "g", "g", "{R}", "(E·I + M) / R"),
    ];

    private static KpiDefinition Define(
        Kpi kpi, string name, string abbreviation, string unit, string numeratorUnit, string denominatorUnit, string formula, KpiTarget? target = null,
        KpiComparison comparison = KpiComparison.AtMost) => new()
        {
            Kpi = kpi,
            Name = name,
            Abbreviation = abbreviation,
            Unit = unit,
            NumeratorUnit = numeratorUnit,
            DenominatorUnit = denominatorUnit,
            Formula = formula,
            Comparison = target?.Comparison ?? comparison,
            DefaultTarget = target,
        };
}
