namespace GreenAI.Metering;

/// <summary>Options of budgets; the configuration section is usually called <c>GreenAI:Budgets</c>.</summary>
/// <remarks>Read once, when the meter is made. The policy itself may change while it runs.</remarks>
public sealed class BudgetOptions
{
    /// <summary>A file with the policy, in JSON by <see cref="BudgetPolicy.JsonSchema"/>. It is looked at again while the meter runs.</summary>
    /// <value>Null: the policy comes from elsewhere, or there is none.</value>
    public string? PolicyFile { get; set; }

    /// <summary>How often the policy's file or section is looked at, and whether a policy's first day has come.</summary>
    /// <value>5 s. From 100 ms to 1 day.</value>
    public TimeSpan PolicyInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What this service is called in the scopes of budgets.</summary>
    /// <value>Null: budgets that name a service do not count this one.</value>
    public string? Service { get; set; }

    /// <summary>What this host is called in the scopes of budgets.</summary>
    /// <value>Null: the machine's name.</value>
    public string? Host { get; set; }

    /// <summary>Tenants told apart; all further names share the tenant <c>(overflow)</c>.</summary>
    /// <value>1,024. From 1 to 65,536.</value>
    public int MaxTenants { get; set; } = 1024;

    /// <summary>A folder for the audit log: append-only, hash-chained records of decisions (counted each second, not singly), policy changes and waivers.</summary>
    /// <value>Null: no audit log is kept.</value>
    public string? AuditFolder { get; set; }

    /// <summary>How often spend is told to the ledger.</summary>
    /// <value>1 s. From 10 ms to 1 minute.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a lease from a shared ledger lasts when nothing is heard of this process: what it had not told by then stays charged.</summary>
    /// <value>30 s. From 1 s to 1 hour, and at least 5 × <see cref="FlushInterval"/>.</value>
    public TimeSpan LeaseTimeToLive { get; set; } = TimeSpan.FromSeconds(30);
}
