namespace GreenAI.Metering;

/// <summary>How the UK's Carbon Intensity API is asked.</summary>
public sealed class UkCarbonIntensityOptions
{
    /// <summary>The outward part of a postcode (<c>RG10</c>), for the region's figures, which are forecasts only.</summary>
    /// <value>Null: Great Britain as a whole. Northern Ireland is on another grid.</value>
    public string? Postcode { get; set; }

    /// <summary>How long after its time began a figure may stand in for a newer one, marked as a forecast; then it is stale.</summary>
    /// <value>1 hour; from 5 minutes to 1 day.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest for a request with its retries.</summary>
    /// <value>1 minute; from 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the service is.</summary>
    /// <value><c>https://api.carbonintensity.org.uk</c>.</value>
    public Uri? BaseAddress { get; set; } = new(UkCarbonIntensityOptionsRules.StandardAddress);
}
