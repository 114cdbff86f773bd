namespace GreenAI.Metering;

/// <summary>Rules of a budget.</summary>
internal static class BudgetRules
{
    private static readonly TimeSpan _longestDwell = TimeSpan.FromDays(31);
    private static readonly TimeSpan _longestRolling = TimeSpan.FromDays(366);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    public static void Check(BudgetDefinition budget, string path, SchemaProblems problems)
    {
        ScopeRules.Check(budget.Scope, path + ".scope", problems);
        CheckWindow(budget, path + ".window", problems);
        if (budget.IncludesEmbodied && budget.Scope.Tenant is { } tenant)
            problems.Add(path + ".include", $"It has \"embodied\", and the scope's tenant is {SchemaWords.Quoted(tenant)}; embodied emissions fall due by time and go to models, so a tenant has none. It must be without, or the scope without a tenant.");
        if (budget.Kind.IsPerInference() && budget.Burn.Count > 0)
            problems.Add(path + ".burn", "It is there; a budget per inference limits a mean, which has no pace, so a burn rule could never be in force. It must be left out.");
        for (int i = 0; i < budget.Ladder.Count; i++) CheckStep(budget, budget.Ladder[i], $"{path}.ladder{SchemaWords.Part(i)}", problems);
        for (int i = 0; i < budget.Burn.Count; i++) CheckBurn(budget, budget.Burn[i], $"{path}.burn{SchemaWords.Part(i)}", problems);
        if (budget.RefusesUnmetered && !budget.Ladder.Any(step => step.Action.Verdict >= Verdict.Degrade))
            problems.Add(path + ".refuseUnmetered", "It is true; the ladder must then have a step that degrades, delays or denies, to be applied.");
    }

    private static void CheckWindow(BudgetDefinition budget, string path, SchemaProblems problems)
    {
        BudgetWindow window = budget.Window;
        if (window.Type == BudgetWindowType.Rolling) CheckTime(window.Length, _longestRolling, path + ".length", problems);
        if (window.Type != BudgetWindowType.Calendar) return;
        if (!IsZone(window.TimeZone))
            problems.Add(path + ".timeZone", $"It is {SchemaWords.Quoted(window.TimeZone)}, which this machine does not know; it must be a time zone by its IANA name like Europe/Berlin, or UTC.");
        if (window.FirstMonth != 1 && window.Unit is not (CalendarUnit.Quarter or CalendarUnit.Year))
            problems.Add(path + ".firstMonth", FormattableString.Invariant($"It is {window.FirstMonth}; only a window of quarters or years has a first month."));
        if (window.CarryOver > 0 && budget.Kind.IsPerInference())
            problems.Add(path + ".carryOver", FormattableString.Invariant($"It is {window.CarryOver}; a budget per inference leaves nothing to carry over."));
    }

    private static void CheckStep(BudgetDefinition budget, LadderStep step, string path, SchemaProblems problems)
    {
        if (step.Clear > step.At) problems.Add(path + ".clear", FormattableString.Invariant($"It is {step.Clear}; it must be at most at, which is {step.At}."));
        if (step.Dwell > _longestDwell) problems.Add(path + ".dwell", $"It is \"{PolicyDuration.Write(step.Dwell)}\"; it must be at most {PolicyDuration.Write(_longestDwell)}.");
        if (step.On == LadderMeasure.Forecast && budget.Window.Type == BudgetWindowType.Lifetime)
            problems.Add(path + ".on", "It is \"forecast\"; a lifetime window has no end to which anything could be forecast.");
        PolicyRules.CheckAction(step.Action, budget.Scope.Model, path, problems);
    }

    private static void CheckBurn(BudgetDefinition budget, BurnRule burn, string path, SchemaProblems problems)
    {
        if (budget.Window.Type == BudgetWindowType.Lifetime) problems.Add(path, "It is there; a lifetime window has no length, and so no pace.");
        CheckTime(burn.Long, _longestDwell, path + ".long", problems);
        CheckTime(burn.Short, _longestDwell, path + ".short", problems);
        if (burn.Short >= burn.Long)
            problems.Add(path + ".short", $"It is \"{PolicyDuration.Write(burn.Short)}\"; it must be shorter than long, which is {PolicyDuration.Write(burn.Long)}.");
        PolicyRules.CheckAction(burn.Action, budget.Scope.Model, path, problems);
    }

    private static void CheckTime(TimeSpan time, TimeSpan longest, string path, SchemaProblems problems)
    {
        if (time < _shortest || time > longest)
            problems.Add(path, $"It is \"{PolicyDuration.Write(time)}\"; it must be from {PolicyDuration.Write(_shortest)} to {PolicyDuration.Write(longest)}.");
    }

    // The name becomes a part of a file's path where zones are files: only what names of zones are made of gets there.
    private static bool IsZone(string name) =>
        char.IsAsciiLetter(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
