namespace GreenAI.Metering;

/// <summary>What happened to a budget.</summary>
public enum BudgetEventKind
{
    /// <summary>A rule came into force or was lifted: the verdict of a budget changed.</summary>
    VerdictChanged,

    /// <summary>Requests were answered with another verdict than Allow: one event a second for each rule, verdict, model and tenant, with the count and the reason of the last one. No request is missing in the counts.</summary>
    Decisions,

    /// <summary>Another policy is in force.</summary>
    PolicyChanged,

    /// <summary>A policy was refused; the old one stays.</summary>
    PolicyRefused,

    /// <summary>A waiver lifted a rule for the first time in the period.</summary>
    WaiverUsed,

    /// <summary>A waiver has expired, or its cap is used up.</summary>
    WaiverEnded,

    /// <summary>A window of a budget ended.</summary>
    PeriodEnded,

    /// <summary>The ledger does not answer.</summary>
    LedgerLost,

    /// <summary>The ledger answers again.</summary>
    LedgerReturned,
}
