namespace GreenAI.Metering;

/// <summary>How requests are metered and admitted; the configuration section is usually called <c>GreenAI:AspNetCore:Requests</c>.</summary>
/// <remarks>Read once, when the pipeline is built.</remarks>
public sealed class InferenceMeteringOptions
{
    /// <summary>On whose account requests run.</summary>
    public RequestTenantOptions Tenants { get; } = new();

    /// <summary>The status of an answer to a request that a budget refuses. Where the ledger of the budget does not answer it is 503 in any case.</summary>
    /// <value>429 (Too Many Requests). 429 or 503.</value>
    public int RefusalStatus { get; set; } = 429;

    /// <summary>How long a request that the policy delays may wait to be admitted, before it is refused with <c>Retry-After</c>. It stops waiting when its caller has gone.</summary>
    /// <value>Zero: it is refused at once. At most 1 minute.</value>
    public TimeSpan WaitForDelay { get; set; }

    /// <summary>How many requests may wait at once; those beyond are refused at once.</summary>
    /// <value>256. From 1 to 100,000.</value>
    public int MaxWaiting { get; set; } = 256;

    /// <summary>Whether a refused caller is told why with the figures of the budget: grams and joules spent.</summary>
    /// <value>False: the caller is told which budget refused, not how much was spent. Spend of all callers together is a side channel to what others do.</value>
    public bool TellReasons { get; set; }
}
