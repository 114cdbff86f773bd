using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Makes a policy of JSON that holds to the schema; tells what a schema cannot say of words and amounts.</summary>
internal sealed class PolicyMapper(SchemaProblems problems)
{
    public BudgetPolicy Read(JsonElement root)
    {
        BudgetMapper budgets = new(problems);
        BudgetDefinition[] definitions = root.List("budgets", "$", budgets.Read);
        Dictionary<string, BudgetKind> kinds = new(StringComparer.Ordinal);
        foreach (BudgetDefinition budget in definitions) kinds.TryAdd(budget.Id, budget.Kind);
        return new()
        {
            Version = root.Text("version")!,
            EffectiveFrom = root.Time("effectiveFrom") ?? DateTimeOffset.MinValue,
            RequiredApprovals = (int)(root.Whole("requiredApprovals") ?? 0),
            RequiredRoles = root.Texts("requiredRoles"),
            Approvals = root.List("approvals", "$", (approval, _) => new PolicyApproval
            {
                Role = approval.Text("role")!,
                By = approval.Text("by")!,
                At = approval.Time("at")!.Value,
            }),
            Budgets = definitions,
            Kpis = root.List("kpis", "$", (kpi, _) => Kpi(kpi)),
            Waivers = root.List("waivers", "$", (waiver, path) => ReadWaiver(waiver, path, kinds)),
            Charters = root.List("charters", "$", (charter, _) => ReadCharter(charter)),
        };
    }

    private static KpiRule Kpi(JsonElement kpi)
    {
        KpiRule defaults = new() { Id = "", Kpi = default };
        return new()
        {
            Id = kpi.Text("id")!,
            Kpi = PolicyWords.Kpis[kpi.Text("kpi")!],
            Model = kpi.Text("model"),
            Max = kpi.Number("max"),
            Min = kpi.Number("min"),
            Baseline = kpi.Part("baseline") is { } baseline ? Baseline(baseline) : null,
            Window = kpi.Duration("window") ?? defaults.Window,
            Action = kpi.Action() ?? defaults.Action,
        };
    }

    private static KpiBaseline Baseline(JsonElement baseline)
    {
        KpiBaseline defaults = new() { Mean = 1 };
        return new()
        {
            Mean = baseline.Number("mean")!.Value,
            StandardDeviation = baseline.Number("standardDeviation") ?? defaults.StandardDeviation,
            Samples = baseline.Whole("samples") ?? defaults.Samples,
            MaxIncrease = baseline.Number("maxIncrease") ?? defaults.MaxIncrease,
            Confidence = baseline.Number("confidence") ?? defaults.Confidence,
            MinSamples = baseline.Whole("minSamples") ?? defaults.MinSamples,
        };
    }

    private Waiver ReadWaiver(JsonElement waiver, string path, Dictionary<string, BudgetKind> kinds)
    {
        string rule = waiver.Text("rule")!;
        long? cap = null;
        if (waiver.Part("cap") is { } amount)
        {
            // Of a rule that is no such budget the rules speak; the unit is not to blame.
            bool isEnergy = kinds.TryGetValue(rule, out BudgetKind kind) ? kind.IsEnergy() : PolicyUnit.Find(amount.Text("unit")!).IsEnergy;
            cap = (long)PolicyAmount.Read(amount, path + ".cap", isEnergy, isWhole: true, problems);
        }

        return new()
        {
            Id = waiver.Text("id")!,
            Rule = rule,
            Scope = waiver.Scope(),
            Reason = waiver.Text("reason")!,
            ApprovedBy = waiver.Text("approvedBy")!,
            From = waiver.Time("from") ?? DateTimeOffset.MinValue,
            Expires = waiver.Time("expires")!.Value,
            CapMicrounits = cap,
        };
    }

    private static Charter ReadCharter(JsonElement charter)
    {
        JsonElement estimate = charter.Part("e2s")!.Value;
        JsonElement? quality = charter.Part("targetQuality");
        return new()
        {
            Project = charter.Text("project")!,
            Owner = charter.Text("owner")!,
            Objective = charter.Text("objective")!,
            Model = charter.Text("model")!,
            QualityMetric = quality?.Text("metric"),
            QualityTarget = quality?.Number("value"),
            EnergyToSolutionKilowattHours = estimate.Number("kWh")!.Value,
            EstimateMethod = estimate.Text("method")!,
            Budget = charter.Text("budget"),
            ReviewDate = charter.Day("reviewDate"),
        };
    }
}
