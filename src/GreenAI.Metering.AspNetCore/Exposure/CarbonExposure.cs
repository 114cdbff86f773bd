namespace GreenAI.Metering;

/// <summary>In which ways an endpoint tells its callers what their request has cost. Nothing is told unless the endpoint says so.</summary>
/// <remarks>
/// <para>
/// Off by default because the energy of a single request is a side channel: fine-grained energy has given away secrets of other processes (CVE-2020-8694, PLATYPUS), and the cost of one
/// inference tells how many tokens it had and what ran beside it in the batch. Expose it to callers that may know that, or where requests are all alike.
/// </para>
/// <para>
/// Figures are marginal (above the idle floor), operational only, provisional, and rounded to 3 significant digits. What is not known is absent, never 0.
/// </para>
/// </remarks>
[Flags]
public enum CarbonExposure
{
    /// <summary>Nothing is told; takes back what a group of endpoints allows.</summary>
    None = 0,

    /// <summary>
    /// The response header <c>Carbon-Emissions-Scope-2</c>, in grams of CO2e: what the request had cost when the response started. For answers that are computed before they are
    /// sent; a streamed one has cost hardly anything by then.
    /// </summary>
    Header = 1,

    /// <summary>
    /// The same as a trailer after the body: what the request had cost at its end. Needs HTTP/2 or chunked HTTP/1.1; a response with a length, or without a body, has none.
    /// </summary>
    Trailer = 2,

    /// <summary>The header <c>Server-Timing: energy;desc="1.90 J", carbon;desc="0.00120 g"</c> when the response starts: browsers show it beside the request.</summary>
    ServerTiming = 4,

    /// <summary>The handler may put a <c>usage.carbon</c> block into its answer: <see cref="UsageCarbon.For"/> gives it here, and null elsewhere.</summary>
    Usage = 8,
}
