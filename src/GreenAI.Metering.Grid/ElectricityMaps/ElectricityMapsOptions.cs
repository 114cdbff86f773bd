namespace GreenAI.Metering;

/// <summary>How Electricity Maps is asked.</summary>
public sealed class ElectricityMapsOptions
{
    /// <summary>The key of the application's account. It is sent to <see cref="BaseAddress"/> only, and never logged.</summary>
    /// <value>Not set; required.</value>
    public string? ApiKey { get; set; }

    /// <summary>The zone the service runs in, by Electricity Maps' key: <c>DE</c>, <c>US-CAL-CISO</c>.</summary>
    /// <value>Not set; required. The caller's address is never used to guess it.</value>
    public string? Zone { get; set; }

    /// <summary>Whether figures contain building the plants and their fuel chain. It is part of the provider's kind.</summary>
    /// <value><see cref="CarbonBoundary.Lifecycle"/>.</value>
    public CarbonBoundary Boundary { get; set; } = CarbonBoundary.Lifecycle;

    /// <summary>How long one figure holds.</summary>
    /// <value><see cref="ElectricityMapsGranularity.Hourly"/>.</value>
    public ElectricityMapsGranularity Granularity { get; set; } = ElectricityMapsGranularity.Hourly;

    /// <summary>How long after its time began a figure may stand in for a newer one, marked as a forecast; then it is stale.</summary>
    /// <value>2 hours; from 5 minutes to 1 day.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest for a request with its retries.</summary>
    /// <value>1 minute; from 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the service is.</summary>
    /// <value><c>https://api.electricitymaps.com</c>.</value>
    public Uri? BaseAddress { get; set; } = new(ElectricityMapsOptionsRules.StandardAddress);
}
