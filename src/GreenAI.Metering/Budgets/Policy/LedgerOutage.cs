namespace GreenAI.Metering;

/// <summary>What a budget that may deny does while its ledger cannot be reached.</summary>
public enum LedgerOutage
{
    /// <summary>The lease in hand is used up, then inferences are refused. The limit holds.</summary>
    LastLease,

    /// <summary>Inferences run; what they spend is booked when the ledger is back, beyond the limit if need be.</summary>
    Open,

    /// <summary>Inferences are refused as soon as the ledger has not answered in time.</summary>
    Closed,
}
