namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Verdicts in colour, each with its word: colour alone tells nothing to some.</summary>
internal static class VerdictText
{
    public static string Colored(Verdict verdict) => verdict switch
    {
        Verdict.Allow => "[green]Allow[/]",
        Verdict.Deny => "[red]Deny[/]",
        _ => $"[yellow]{verdict}[/]",
    };
}
