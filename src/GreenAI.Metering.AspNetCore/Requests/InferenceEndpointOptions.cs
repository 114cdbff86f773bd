using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>How the requests of one endpoint are admitted.</summary>
/// <remarks>Set while the endpoint is mapped; not to be changed afterwards.</remarks>
public sealed class InferenceEndpointOptions
{
    private Energy? _estimate;

    internal static InferenceEndpointOptions Default { get; } = new();

    /// <summary>The most energy that a request is likely to cost; that much is reserved from budgets until the bill is final.</summary>
    /// <value>Null: what the model's dearest recent inference cost.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than nothing.</exception>
    public Energy? Estimate
    {
        get => _estimate;
        set => _estimate = value < Energy.Zero ? throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Estimate)} must not be negative; null means what the model's dearest recent inference cost.") : value;
    }

    /// <summary>The same for each request on its own, such as by its <c>Content-Length</c>; null from it: as <see cref="Estimate"/> says.</summary>
    /// <value>Null: none.</value>
    /// <remarks>Runs before the handler, on the path of the request; must not read the body. What it throws fails the request. Less than a microjoule counts as one.</remarks>
    public Func<HttpContext, Energy?>? EstimateOf { get; set; }

    /// <summary>The requests' priority: steps of ladders that exempt it do not apply.</summary>
    /// <value>Null: none.</value>
    public string? Priority { get; set; }

    /// <summary>Whether the requests run on the account of a tenant (<see cref="InferenceMeteringOptions.Tenants"/>).</summary>
    /// <value>True.</value>
    public bool UsesTenant { get; set; } = true;

    /// <summary>Whether requests that the policy delays wait as long as <see cref="InferenceMeteringOptions.WaitForDelay"/> says; else they are refused at once.</summary>
    /// <value>True.</value>
    public bool WaitsForDelay { get; set; } = true;

    internal Energy? EstimateFor(HttpContext context) => EstimateOf is null ? Estimate : EstimateOf(context) ?? Estimate;
}
