namespace GreenAI.Metering;

/// <summary>Rules of scopes and of the names in them.</summary>
internal static class ScopeRules
{
    public static void Check(BudgetScope scope, string path, SchemaProblems problems)
    {
        CheckPart(scope.Model, path + ".model", problems);
        CheckPart(scope.Tenant, path + ".tenant", problems);
        CheckName(scope.Service, path + ".service", problems);
        CheckPart(scope.Host, path + ".host", problems);
    }

    /// <summary>Of somebody in particular: a star in the name would look like a pattern, and there are none.</summary>
    public static void CheckName(string? name, string path, SchemaProblems problems)
    {
        if (name?.Contains('*', StringComparison.Ordinal) == true) problems.Add(path, $"It is {SchemaWords.Quoted(name)}; it must be one name, without *.");
    }

    private static void CheckPart(string? name, string path, SchemaProblems problems)
    {
        if (name is not null and not BudgetScope.Each && name.Contains('*', StringComparison.Ordinal))
            problems.Add(path, $"It is {SchemaWords.Quoted(name)}; it must be one name, or * alone for each apart.");
    }
}
