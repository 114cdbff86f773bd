namespace GreenAI.Metering;

/// <summary>Why nothing could be reserved.</summary>
internal enum LeaseRefusal
{
    None,

    /// <summary>The budget is used up, or with other holders.</summary>
    Exhausted,

    /// <summary>More was asked for and is on its way.</summary>
    Pending,

    /// <summary>The ledger does not answer.</summary>
    LedgerDown,
}
