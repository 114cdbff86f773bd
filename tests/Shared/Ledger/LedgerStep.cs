namespace GreenAI.Metering.Checks;

/// <summary>What may happen to a ledger.</summary>
internal enum LedgerStep
{
    /// <summary>A holder reports and asks.</summary>
    Report,

    /// <summary>The same, and the reply is lost.</summary>
    LoseReply,

    /// <summary>The report is lost, and arrives some steps later if it does.</summary>
    Delay,

    /// <summary>An earlier request arrives again, or late.</summary>
    Replay,

    /// <summary>A holder spends of its headroom.</summary>
    Spend,

    /// <summary>A holder spends more than it has.</summary>
    Overspend,

    /// <summary>A holder gives something back.</summary>
    GiveBack,

    /// <summary>A holder ends its lease.</summary>
    Final,

    /// <summary>A holder is gone without a word, and another one begins.</summary>
    Crash,

    /// <summary>The policy's limit changes.</summary>
    ChangeLimit,

    /// <summary>A little time passes.</summary>
    Wait,

    /// <summary>So much time passes that leases are over.</summary>
    Expire,
}
