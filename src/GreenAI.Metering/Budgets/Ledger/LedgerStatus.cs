namespace GreenAI.Metering;

/// <summary>How a ledger answered.</summary>
public enum LedgerStatus
{
    /// <summary>The lease is valid and holds at least what was needed.</summary>
    Granted,

    /// <summary>The lease is valid; there was not enough left to grant what was needed.</summary>
    Exhausted,

    /// <summary>
    /// The report was booked and nothing can be spent from the lease any more: its period has ended, it expired, or it was the holder's final report. What was
    /// reserved before may still be settled; the holder reports until it is done, and then finally.
    /// </summary>
    Closed,

    /// <summary>The report was booked. The ledger has lost some of its memory and grants nothing until every live holder had time to report.</summary>
    Learning,
}
