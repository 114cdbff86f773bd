namespace GreenAI.Metering;

/// <summary>When the health check of budgets is degraded, and when unhealthy.</summary>
public sealed class BudgetHealthOptions
{
    /// <summary>The mildest verdict of a budget from which on it is degraded. Budgets in shadow mode do not count.</summary>
    /// <value><see cref="Verdict.Warn"/>.</value>
    public Verdict DegradedFrom { get; set; } = Verdict.Warn;

    /// <summary>Whether it is unhealthy while a budget denies: then an orchestrator takes the instance out, which a budget of a fleet hardly means.</summary>
    /// <value>False: degraded.</value>
    public bool UnhealthyOnDeny { get; set; }

    /// <summary>The coverage of metering below which figures are not to be trusted, from 0 to 1.</summary>
    /// <value>0.9.</value>
    public double MinCoverage { get; set; } = 0.9;

    /// <summary>Whether it is unhealthy while the coverage is below <see cref="MinCoverage"/>.</summary>
    /// <value>False: degraded.</value>
    public bool UnhealthyOnLostCoverage { get; set; }
}
