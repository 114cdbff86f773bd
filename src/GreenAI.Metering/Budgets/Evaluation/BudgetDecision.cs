namespace GreenAI.Metering;

/// <summary>What a budget says, and which of its rules says so.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Kind">Where the rule is.</param>
/// <param name="Index">Its place there; 0 for none.</param>
/// <param name="IsDowngraded">Whether a rule would have said something stricter, and only warns since too much of the spend is of a low tier.</param>
internal readonly record struct BudgetDecision(Verdict Verdict, BudgetRuleKind Kind, int Index, bool IsDowngraded);
