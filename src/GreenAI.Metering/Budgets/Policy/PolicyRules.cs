namespace GreenAI.Metering;

/// <summary>What a schema cannot say: the parts of a policy fit one another.</summary>
/// <remarks>Pure: neither the time nor the meter matters.</remarks>
internal static class PolicyRules
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan _longestKpiWindow = TimeSpan.FromDays(31);

    public static void Check(BudgetPolicy policy, SchemaProblems problems)
    {
        Dictionary<string, string> rules = new(StringComparer.Ordinal);
        for (int i = 0; i < policy.Budgets.Count; i++)
        {
            string path = $"$.budgets{SchemaWords.Part(i)}";
            Unique(rules, policy.Budgets[i].Id, path, "id", problems);
            BudgetRules.Check(policy.Budgets[i], path, problems);
        }

        for (int i = 0; i < policy.Kpis.Count; i++)
        {
            string path = $"$.kpis{SchemaWords.Part(i)}";
            Unique(rules, policy.Kpis[i].Id, path, "id", problems);
            CheckKpi(policy.Kpis[i], path, problems);
        }

        if (policy.Waivers.Count > 0) new WaiverRules(policy, problems).Check();
        CheckCharters(policy, problems);
    }

    /// <summary>Adds a problem when another has the same name already.</summary>
    public static void Unique(Dictionary<string, string> known, string name, string path, string property, SchemaProblems problems)
    {
        if (!known.TryAdd(name, path)) problems.Add($"{path}.{property}", $"It is {SchemaWords.Quoted(name)}, which is the {property} of {known[name]} already; it must be another.");
    }

    public static void CheckAction(BudgetAction action, string? model, string path, SchemaProblems problems)
    {
        if (action.Verdict == Verdict.Delay && (action.RetryAfter <= TimeSpan.Zero || action.RetryAfter > _longestWait))
            problems.Add(path + ".do", $"It is \"{PolicyAction.Write(action)}\"; the delay must be above PT0S and up to {PolicyDuration.Write(_longestWait)}.");
        if (action.Verdict == Verdict.Degrade && action.Model == model)
            problems.Add(path + ".do", $"It is {SchemaWords.Quoted(PolicyAction.Write(action))}, which is the model that it is for; it must name another.");
        if (action.Verdict == Verdict.Degrade && action.Model == BudgetScope.Each)
            problems.Add(path + ".do", "It is \"degrade:*\"; it must name one model.");
    }

    private static void CheckKpi(KpiRule rule, string path, SchemaProblems problems)
    {
        KpiDefinition kpi = KpiDefinition.Of(rule.Kpi);
        if (rule.Max is null && rule.Min is null && rule.Baseline is null) problems.Add(path, "It asks for nothing; it must have max, min or baseline.");
        if (rule.Min > rule.Max) problems.Add(path + ".min", FormattableString.Invariant($"It is {rule.Min}; it must be at most max, which is {rule.Max}."));
        CheckBound(kpi, rule.Max, path + ".max", problems);
        CheckBound(kpi, rule.Min, path + ".min", problems);
        if (rule.Baseline is not null && rule.Kpi != Kpi.EnergyPerInference)
            problems.Add(path + ".baseline", $"It is of {kpi.Abbreviation}; a baseline must be of EPI, energy per inference: so a dirtier grid is no regression.");
        if (rule.Window < TimeSpan.FromMinutes(1) || rule.Window > _longestKpiWindow)
            problems.Add(path + ".window", $"It is \"{PolicyDuration.Write(rule.Window)}\"; it must be from PT1M to {PolicyDuration.Write(_longestKpiWindow)}.");
        ScopeRules.CheckName(rule.Model, path + ".model", problems);
        CheckAction(rule.Action, rule.Model, path, problems);
    }

    private static void CheckBound(KpiDefinition kpi, double? bound, string path, SchemaProblems problems)
    {
        if (kpi.Unit == "1" && bound > 1) problems.Add(path, FormattableString.Invariant($"It is {bound}; {kpi.Abbreviation} is a share, and it must be from 0 to 1: 0.65 is 65 %."));
    }

    private static void CheckCharters(BudgetPolicy policy, SchemaProblems problems)
    {
        Dictionary<string, string> projects = new(StringComparer.Ordinal);
        HashSet<string> budgets = [.. policy.Budgets.Select(budget => budget.Id)];
        for (int i = 0; i < policy.Charters.Count; i++)
        {
            string path = $"$.charters{SchemaWords.Part(i)}";
            Charter charter = policy.Charters[i];
            Unique(projects, charter.Project, path, "project", problems);
            ScopeRules.CheckName(charter.Model, path + ".model", problems);
            if (charter.Budget is { } budget && !budgets.Contains(budget))
                problems.Add(path + ".budget", $"It is {SchemaWords.Quoted(budget)}; it must be the id of a budget of this policy.");
        }
    }
}
