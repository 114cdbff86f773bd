namespace GreenAI.Metering;

/// <summary>Where a budget stands.</summary>
/// <remarks>Immutable. Amounts are in whole micrograms of CO2e or microjoules, by <see cref="Kind"/>; per inference for the kinds that are.</remarks>
public sealed class BudgetStatus
{
    /// <summary>The budget's name.</summary>
    public required string Budget { get; init; }

    /// <summary>Which of the budget's values it is, where it has one for each model, tenant or host: <c>model=ranker</c>; empty where it has one.</summary>
    public string Part { get; init; } = "";

    /// <summary>What is limited.</summary>
    public required BudgetKind Kind { get; init; }

    /// <summary>The limit of the period, with what was carried over.</summary>
    public double Limit { get; init; }

    /// <summary>What is spent in the period, by the whole fleet as far as it is known here.</summary>
    public double Spent { get; init; }

    /// <summary>What is reserved or with leases and not spent yet.</summary>
    public double Outstanding { get; init; }

    /// <summary>Charged to holders that fell silent, in the budget's unit: it may never have been spent, and stays charged until they report.</summary>
    /// <value>0.</value>
    public double Forfeited { get; init; }

    /// <summary>Spent beyond what was reserved, in the budget's unit: estimates were too low, or inferences began unasked. Contained in <see cref="Spent"/>.</summary>
    /// <value>0.</value>
    public double Overrun { get; init; }

    /// <summary>What will be spent at the end of the period if it goes on like this; null while that cannot be told.</summary>
    public double? Forecast { get; init; }

    /// <summary>When the period began.</summary>
    public DateTimeOffset PeriodStart { get; init; }

    /// <summary>When it ends; for a rolling window: now.</summary>
    public DateTimeOffset PeriodEnd { get; init; }

    /// <summary>What requests are answered at present, of this budget alone and before waivers and shadow mode.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Whether it only tells what it would do.</summary>
    public bool IsShadow { get; init; }

    /// <summary>The waiver that is in use; null for none.</summary>
    public string? Waiver { get; init; }

    /// <summary>Why the verdict is what it is, as a sentence with its figures.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Burn rates by their long window.</summary>
    public IReadOnlyList<BurnRate> BurnRates { get; init; } = [];

    /// <summary>Inferences charged in the period by this process.</summary>
    public long Inferences { get; init; }

    /// <summary>The worst tier of more than 1 % of the spend.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>Inferences of this process whose cost could not be known: they are not in the spend.</summary>
    public long Unmetered { get; init; }

    /// <summary>Whether the ledger answered in time.</summary>
    public bool IsLedgerReachable { get; init; } = true;

    /// <summary>The points of the period's burn-down so far, the oldest first.</summary>
    public IReadOnlyList<BurnDownPoint> BurnDown { get; init; } = [];

    /// <summary>Whether the ledger has told what was spent. A process that has just started knows of its own spend only.</summary>
    internal bool IsSpendKnown { get; init; } = true;

    /// <summary>What is left of the limit; below zero when it is overspent.</summary>
    public double Remaining => Limit - Spent;
}
