namespace GreenAI.Metering;

/// <summary>What the health check looks at. Reading it does no I/O.</summary>
internal interface IBudgetHealth
{
    /// <summary>Whether a policy is stated by a file, a section or code.</summary>
    bool IsPolicyStated { get; }

    /// <summary>The version of the policy in force; null: none.</summary>
    string? PolicyVersion { get; }

    /// <summary>The policy that comes into force on its first day; null: none.</summary>
    BudgetPolicy? PendingPolicy { get; }

    /// <summary>Why the last policy that was read was refused; null: it was not.</summary>
    string? PolicyProblem { get; }

    /// <summary>Where the budgets stand.</summary>
    IReadOnlyList<BudgetStatus> Statuses { get; }

    /// <summary>Whether the ledger answers.</summary>
    bool IsLedgerReachable { get; }

    /// <summary>Whether the audit log is written; true without one.</summary>
    bool IsAuditHealthy { get; }

    /// <summary>Events that the audit log lost.</summary>
    long AuditLost { get; }

    /// <summary>The lowest coverage of the metered devices, from 0 to 1; 0 when there is none.</summary>
    double Coverage { get; }
}
