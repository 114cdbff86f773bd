namespace GreenAI.Metering;

/// <summary>Whether a policy fits the meter that shall keep it: its account of emissions and its windows of indicators.</summary>
internal sealed class PolicyFit(CarbonMethod method, IReadOnlyList<TimeSpan> windows)
{
    private const int MostProblems = 20;

    /// <summary>What does not fit; empty when everything does.</summary>
    public IReadOnlyList<SchemaProblem> Check(BudgetPolicy policy)
    {
        SchemaProblems problems = new(MostProblems);
        for (int i = 0; i < policy.Budgets.Count; i++)
        {
            if (policy.Budgets[i].Basis is { } basis && basis != method)
            {
                problems.Add(
                    $"$.budgets{SchemaWords.Part(i)}.basis",
                    $"It is \"{PolicyWords.Bases.Of(basis)}\", and the meter keeps its emissions by \"{PolicyWords.Bases.Of(method)}\"; it must be the same as Carbon:Method, or left out.");
            }
        }

        for (int i = 0; i < policy.Kpis.Count; i++)
        {
            KpiRule rule = policy.Kpis[i];
            if (rule.Baseline is not null || !KpiSubjects.HasWindow(rule.Kpi) || windows.Contains(rule.Window)) continue;
            problems.Add(
                $"$.kpis{SchemaWords.Part(i)}.window",
                $"It is \"{PolicyDuration.Write(rule.Window)}\"; it must be one of the meter's windows: {string.Join(", ", windows.Select(PolicyDuration.Write))} (Kpis:Windows).");
        }

        return problems.Found;
    }

    /// <exception cref="PolicyFormatException">It does not fit.</exception>
    public void ThrowIfUnfit(BudgetPolicy policy)
    {
        if (Check(policy) is { Count: > 0 } problems) throw new PolicyFormatException([.. problems.Select(problem => new PolicyProblem(problem.Path, null, problem.Reason))]);
    }
}
