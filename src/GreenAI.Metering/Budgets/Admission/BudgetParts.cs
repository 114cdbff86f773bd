using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>What a gate is made of.</summary>
internal sealed class BudgetParts
{
    public required IBudgetLedger Ledger { get; init; }

    public required LeaseTerms Terms { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Told what happens; never blocks.</summary>
    public required Action<BudgetEvent> Raise { get; init; }

    public required string Host { get; init; }

    public string? Service { get; init; }

    public required ModelRegistry Tenants { get; init; }
}
