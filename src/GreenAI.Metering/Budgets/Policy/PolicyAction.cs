namespace GreenAI.Metering;

/// <summary>What a rule does, as policies write it.</summary>
internal static class PolicyAction
{
    public const string Wanted = "it must be event, warn, degrade:MODEL, delay:PT30S or deny";

    private const string Degrade = "degrade:";
    private const string Delay = "delay:";

    public static bool TryParse(string text, out BudgetAction action)
    {
        action = text switch
        {
            "warn" => new() { Verdict = Verdict.Warn },
            "deny" => new() { Verdict = Verdict.Deny },
            _ => BudgetAction.Event,
        };
        if (text is "event" or "warn" or "deny") return true;
        if (text.StartsWith(Degrade, StringComparison.Ordinal))
        {
            action = new() { Verdict = Verdict.Degrade, Model = text[Degrade.Length..] };
            return PolicySchema.IsLine(action.Model);
        }

        if (!text.StartsWith(Delay, StringComparison.Ordinal) || !PolicyDuration.TryParse(text.AsSpan(Delay.Length), out TimeSpan wait)) return false;
        action = new() { Verdict = Verdict.Delay, RetryAfter = wait };
        return true;
    }

    /// <summary>The action as a text; one that is none comes out as a text that is refused.</summary>
    public static string Write(BudgetAction action) => action.Verdict switch
    {
        Verdict.Allow => action.RaisesEvent ? "event" : "allow",
        Verdict.Warn => "warn",
        Verdict.Degrade => Degrade + action.Model,
        Verdict.Delay => Delay + PolicyDuration.Write(action.RetryAfter),
        Verdict.Deny => "deny",
        _ => action.Verdict.ToString(),
    };
}
