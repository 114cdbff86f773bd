namespace GreenAI.Metering;

/// <summary>How many requests got a verdict, of those that fall under a budget or target.</summary>
/// <param name="rule">The budget's or target's name, with its part where it has several.</param>
/// <param name="verdict">The verdict.</param>
/// <param name="count">How many.</param>
public readonly struct BudgetDecisionCount(string rule, Verdict verdict, long count)
{
    /// <summary>The budget's or target's name, with its part where it has several: <c>per-tenant/tenant=acme</c>.</summary>
    public string Rule => rule;

    /// <summary>The verdict.</summary>
    public Verdict Verdict => verdict;

    /// <summary>How many requests got it.</summary>
    public long Count => count;
}
