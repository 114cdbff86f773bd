namespace GreenAI.Metering;

/// <summary>A budget of a policy.</summary>
public sealed class BudgetDefinition
{
    /// <summary>Its name in metrics, decisions and reports; unique in the policy.</summary>
    public required string Id { get; init; }

    /// <summary>Whose spend it counts.</summary>
    public BudgetScope Scope { get; init; } = new();

    /// <summary>What it limits.</summary>
    public required BudgetKind Kind { get; init; }

    /// <summary>The limit of a window in whole micrograms or microjoules; per inference for the kinds that are.</summary>
    public required double LimitMicrounits { get; init; }

    /// <summary>The account of emissions it is meant for; a meter that keeps another one refuses the policy. Null: whichever the meter keeps.</summary>
    public CarbonMethod? Basis { get; init; }

    /// <summary>Whether operational emissions count. Always true of energy.</summary>
    /// <value>True.</value>
    public bool IncludesOperational { get; init; } = true;

    /// <summary>Whether embodied emissions count. They fall due by time and go to models: not with a scope of a tenant.</summary>
    /// <value>False.</value>
    public bool IncludesEmbodied { get; init; }

    /// <summary>Whether an inference is charged its share of the idle floor too.</summary>
    /// <value>True.</value>
    public bool IncludesIdle { get; init; } = true;

    /// <summary>Whether the upper end of the uncertainty is charged rather than the figure.</summary>
    /// <value>False.</value>
    public bool ChargesUpperBound { get; init; }

    /// <summary>The window.</summary>
    public required BudgetWindow Window { get; init; }

    /// <summary>What happens at which share of the limit, in any order.</summary>
    public IReadOnlyList<LadderStep> Ladder { get; init; } = [];

    /// <summary>What happens when it is spent too fast; empty of kinds that are per inference, whose mean has no pace.</summary>
    public IReadOnlyList<BurnRule> Burn { get; init; } = [];

    /// <summary>What happens while the ledger cannot be reached.</summary>
    /// <value><see cref="LedgerOutage.LastLease"/>.</value>
    public LedgerOutage OnLedgerDown { get; init; } = LedgerOutage.LastLease;

    /// <summary>Whether inferences are refused (by the strictest step of the ladder) while their cost cannot be known: no counter, no factor.</summary>
    /// <value>False: they run, are counted as unmetered, and the health check says so.</value>
    public bool RefusesUnmetered { get; init; }

    /// <summary>True: nothing is refused, what would have been is told.</summary>
    /// <value>False.</value>
    public bool Shadow { get; init; }
}
