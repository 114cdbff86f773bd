namespace GreenAI.Metering;

/// <summary>What a rule does when it is in force.</summary>
public sealed class BudgetAction
{
    /// <summary>Tells observers and the audit log; requests run as ever.</summary>
    public static BudgetAction Event { get; } = new() { Verdict = Verdict.Allow, RaisesEvent = true };

    /// <summary>What requests are answered.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The model to run instead; for <see cref="Verdict.Degrade"/>.</summary>
    public string? Model { get; init; }

    /// <summary>How long to wait before trying again; for <see cref="Verdict.Delay"/>.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Whether observers are told that it is in force. Verdicts other than Allow always tell them.</summary>
    public bool RaisesEvent { get; init; }
}
