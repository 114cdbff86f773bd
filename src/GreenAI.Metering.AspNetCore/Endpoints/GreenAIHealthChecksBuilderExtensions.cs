using GreenAI.Metering;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of metering to the health checks of a host.</summary>
public static class GreenAIHealthChecksBuilderExtensions
{
    /// <summary>Adds <see cref="GreenAIHealthCheck"/>: budgets, the policy, the ledger, the audit log and the coverage of metering.</summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">What the check is called.</param>
    /// <param name="failureStatus">What unhealthy is reported as; null: unhealthy.</param>
    /// <param name="tags">Tags to choose checks by.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>When it is degraded and when unhealthy, <see cref="BudgetHealthOptions"/> say. Needs <c>AddGreenAIMetering</c>.</remarks>
    public static IHealthChecksBuilder AddGreenAI(this IHealthChecksBuilder builder, string name = "greenai", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new GreenAIHealthCheck(services.GetRequiredService<EnergyMeter>(), services.GetRequiredService<IOptions<BudgetHealthOptions>>()),
            failureStatus,
            tags));
    }
}
