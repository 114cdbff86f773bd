namespace GreenAI.Metering;

/// <summary>Rules of waivers.</summary>
internal sealed class WaiverRules(BudgetPolicy policy, SchemaProblems problems)
{
    private readonly Dictionary<string, BudgetDefinition> _budgets = Named(policy.Budgets, budget => budget.Id);
    private readonly Dictionary<string, KpiRule> _kpis = Named(policy.Kpis, kpi => kpi.Id);

    public void Check()
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < policy.Waivers.Count; i++)
        {
            string path = $"$.waivers{SchemaWords.Part(i)}";
            PolicyRules.Unique(names, policy.Waivers[i].Id, path, "id", problems);
            Check(policy.Waivers[i], path);
        }
    }

    // Of several with one name, which is an error of its own, the first.
    private static Dictionary<string, T> Named<T>(IReadOnlyList<T> rules, Func<T, string> name)
    {
        Dictionary<string, T> named = new(StringComparer.Ordinal);
        foreach (T rule in rules) named.TryAdd(name(rule), rule);
        return named;
    }

    private void Check(Waiver waiver, string path)
    {
        if (waiver.Expires <= waiver.From) problems.Add(path + ".expires", $"It is {PolicyTime.Write(waiver.Expires)}; it must be after from, which is {PolicyTime.Write(waiver.From)}.");
        BudgetDefinition? budget = _budgets.GetValueOrDefault(waiver.Rule);
        KpiRule? kpi = budget is null ? _kpis.GetValueOrDefault(waiver.Rule) : null;
        if (budget is null && kpi is null)
        {
            problems.Add(path + ".rule", $"It is {SchemaWords.Quoted(waiver.Rule)}; it must be the id of a budget or of an indicator's target of this policy.");
            return;
        }

        if (waiver.CapMicrounits is not null && budget?.Kind.IsPerInference() != false)
            problems.Add(path + ".cap", $"It is of {SchemaWords.Quoted(waiver.Rule)}; only a budget of emissions or energy can be exceeded by an amount.");
        BudgetScope scope = budget?.Scope ?? new() { Model = kpi!.Model };
        CheckPart(waiver.Scope.Model, scope.Model, path + ".scope.model");
        CheckPart(waiver.Scope.Tenant, scope.Tenant, path + ".scope.tenant");
        if (budget is not null && scope.Model is null) CheckNarrower(waiver.Scope.Model, "model", path + ".scope.model");
        if (budget is not null && scope.Tenant is null) CheckNarrower(waiver.Scope.Tenant, "tenant", path + ".scope.tenant");
        if (kpi is not null && waiver.Scope.Tenant is { } tenant)
            problems.Add(path + ".scope.tenant", $"It is {SchemaWords.Quoted(tenant)}; indicators are not told apart by tenant, so such a waiver would never apply. It must be left out.");
        CheckPart(waiver.Scope.Service, scope.Service, path + ".scope.service");
        CheckPart(waiver.Scope.Host, scope.Host, path + ".scope.host");
    }

    // What all share has one verdict: it is lifted for all or for none.
    private void CheckNarrower(string? waived, string part, string path)
    {
        if (waived is not null)
            problems.Add(path, $"It is {SchemaWords.Quoted(waived)}, and all {part}s share the budget, so such a waiver would never apply. It must be left out, or the budget's scope must name the {part}, or * for each apart.");
    }

    private void CheckPart(string? waived, string? ruled, string path)
    {
        ScopeRules.CheckName(waived, path, problems);
        if (waived is not null && ruled is not (null or BudgetScope.Each) && waived != ruled)
            problems.Add(path, $"It is {SchemaWords.Quoted(waived)} and the rule's is {SchemaWords.Quoted(ruled)}; such a waiver would never apply.");
    }
}
