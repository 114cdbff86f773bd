namespace GreenAI.Metering;

/// <summary>Names of the meter, its instruments and attributes.</summary>
/// <remarks>
/// <c>hw.*</c> follow the OpenTelemetry hardware conventions (development status):
/// https://opentelemetry.io/docs/specs/semconv/hardware/. No convention for energy of requests or carbon exists:
/// <c>greenai.*</c> is ours.
/// </remarks>
public static class InstrumentNames
{
    /// <summary>The meter: <c>GreenAI.Metering</c>.</summary>
    public const string Meter = "GreenAI.Metering";

    /// <summary>Energy of each device in joules.</summary>
    public const string HardwareEnergy = "hw.energy";

    /// <summary>Mean power of each device over its last interval in watts.</summary>
    public const string HardwarePower = "hw.power";

    /// <summary>Energy by model, or by bucket for what belongs to none, in joules.</summary>
    public const string Energy = "greenai.energy";

    /// <summary>Emissions by model, or by bucket for what belongs to none, operational and embodied, in grams of CO2e.</summary>
    public const string Emissions = "greenai.emissions";

    /// <summary>Inferences with a final bill.</summary>
    public const string Inferences = "greenai.inferences";

    /// <summary>Energy above the idle floor of one inference in joules.</summary>
    public const string InferenceEnergy = "greenai.inference.energy";

    /// <summary>Operational emissions above the idle floor of one inference in grams of CO2e.</summary>
    public const string InferenceEmissions = "greenai.inference.emissions";

    /// <summary>Duration of one inference in seconds, waiting included.</summary>
    public const string InferenceDuration = "greenai.inference.duration";

    /// <summary>Learned power above the idle floor of one active inference in watts.</summary>
    public const string ModelPower = "greenai.model.power";

    /// <summary>The share of the idle floor's energy that a model's inferences bear, in joules: contained in the bucket <c>idle</c> of <see cref="Energy"/>.</summary>
    public const string ModelIdleEnergy = "greenai.model.idle_energy";

    /// <summary>Carbon per Inference in grams of CO2e.</summary>
    public const string CarbonPerInference = "greenai.kpi.carbon_per_inference";

    /// <summary>Energy per inference in joules, idle included.</summary>
    public const string EnergyPerInference = "greenai.kpi.energy_per_inference";

    /// <summary>Watts per Query: joules per query.</summary>
    public const string WattsPerQuery = "greenai.kpi.watts_per_query";

    /// <summary>Model Efficiency Ratio per kilowatt-hour.</summary>
    public const string ModelEfficiencyRatio = "greenai.kpi.model_efficiency_ratio_per_kilowatt_hour";

    /// <summary>Energy-to-Solution in joules.</summary>
    public const string EnergyToSolution = "greenai.kpi.energy_to_solution";

    /// <summary>Hardware Utilisation Efficiency, from 0 to 1.</summary>
    public const string HardwareUtilization = "greenai.kpi.hardware_utilization";

    /// <summary>Data Efficiency Score per terabyte.</summary>
    public const string DataEfficiencyScore = "greenai.kpi.data_efficiency_score_per_terabyte";

    /// <summary>Embodied grams of CO2e per useful hour.</summary>
    public const string EmbodiedRate = "greenai.kpi.embodied_rate";

    /// <summary>Renewable Energy Matching of the period, from 0 to 1.</summary>
    public const string RenewableMatching = "greenai.kpi.renewable_matching";

    /// <summary>Compute Hours per Business Outcome, in seconds: provisioned device time per outcome.</summary>
    public const string ComputeTimePerOutcome = "greenai.kpi.compute_time_per_outcome";

    /// <summary>Fraction of the time for which each device was read.</summary>
    public const string Coverage = "greenai.metering.coverage";

    /// <summary>For how long each device was read, in seconds: its rate is the coverage of any window.</summary>
    public const string CoveredTime = "greenai.metering.covered_time";

    /// <summary>Power of metering itself in watts.</summary>
    public const string SelfPower = "greenai.metering.self_power";

    /// <summary>Failed readings and intervals whose energy is not known.</summary>
    public const string Holes = "greenai.metering.holes";

    /// <summary>Inferences begun and not ended.</summary>
    public const string OpenScopes = "greenai.metering.open_scopes";

    /// <summary>Inferences that could not be tracked.</summary>
    public const string DroppedScopes = "greenai.metering.dropped_scopes";

    /// <summary>Final footprints that found the observers' queue full.</summary>
    public const string ObserverOverflow = "greenai.metering.observer_overflow";

    /// <summary>Limit of a budget of emissions, in grams of CO2e.</summary>
    public const string CarbonBudgetLimit = "greenai.budget.carbon.limit";

    /// <summary>Spend of a budget of emissions, in grams of CO2e.</summary>
    public const string CarbonBudgetSpent = "greenai.budget.carbon.spent";

    /// <summary>What is left of a budget of emissions, in grams of CO2e.</summary>
    public const string CarbonBudgetRemaining = "greenai.budget.carbon.remaining";

    /// <summary>Spend at the end of the window as foreseen of a budget of emissions, in grams of CO2e.</summary>
    public const string CarbonBudgetForecast = "greenai.budget.carbon.forecast";

    /// <summary>Limit of a budget of energy, in joules.</summary>
    public const string EnergyBudgetLimit = "greenai.budget.energy.limit";

    /// <summary>Spend of a budget of energy, in joules.</summary>
    public const string EnergyBudgetSpent = "greenai.budget.energy.spent";

    /// <summary>What is left of a budget of energy, in joules.</summary>
    public const string EnergyBudgetRemaining = "greenai.budget.energy.remaining";

    /// <summary>Spend at the end of the window as foreseen of a budget of energy, in joules.</summary>
    public const string EnergyBudgetForecast = "greenai.budget.energy.forecast";

    /// <summary>Length of a budget's window in seconds.</summary>
    public const string BudgetPeriod = "greenai.budget.period";

    /// <summary>How fast a budget is spent: 1 uses it up at the end of its window.</summary>
    public const string BudgetBurnRate = "greenai.budget.burn_rate";

    /// <summary>Admissions by budget and verdict, Allow too.</summary>
    public const string BudgetDecisions = "greenai.budget.decisions";

    /// <summary>Whether a budget's ledger answers: 1 or 0. One in the process always does.</summary>
    public const string BudgetLedgerReachable = "greenai.budget.ledger_reachable";

    /// <summary>Events that the audit log lost.</summary>
    public const string BudgetAuditLost = "greenai.budget.audit_lost";

    /// <summary>Baseline of the joules of an inference.</summary>
    public const string BaselineEnergyPerInference = "greenai.baseline.energy_per_inference";

    internal const string SchemaUrl = "https://opentelemetry.io/schemas/1.44.0";
    internal const string HardwareId = "hw.id";
    internal const string HardwareType = "hw.type";
    internal const string HardwareName = "hw.name";
    internal const string Tier = "greenai.tier";
    internal const string Model = "greenai.model";
    internal const string Bucket = "greenai.bucket";
    internal const string Outcome = "greenai.outcome";
    internal const string Scope = "greenai.scope";
    internal const string Window = "greenai.window";
    internal const string Basis = "greenai.basis";
    internal const string Budget = "greenai.budget";
    internal const string BudgetKind = "greenai.budget.kind";
    internal const string BudgetWindow = "greenai.budget.window";
    internal const string Verdict = "greenai.verdict";
}
