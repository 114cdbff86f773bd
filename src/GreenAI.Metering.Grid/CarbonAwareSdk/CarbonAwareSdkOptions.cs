namespace GreenAI.Metering;

/// <summary>How a Web API of the Green Software Foundation's Carbon Aware SDK is asked.</summary>
public sealed class CarbonAwareSdkOptions
{
    /// <summary>Where the application's own instance is: <c>http://carbon-aware-sdk:8080</c>.</summary>
    /// <value>Not set; required.</value>
    public Uri? BaseAddress { get; set; }

    /// <summary>The location the service runs in, by a name that the instance knows: <c>eastus</c>.</summary>
    /// <value>Not set; required.</value>
    public string? Location { get; set; }

    /// <summary>Whether the instance's data source gives average or marginal figures (WattTime: marginal; Electricity Maps: average). Its answers do not say.</summary>
    /// <value>Not set; required.</value>
    public CarbonSignal? Signal { get; set; }

    /// <summary>Whether the instance's data source counts building the plants and their fuel chain. Its answers do not say.</summary>
    /// <value>Not set; required.</value>
    public CarbonBoundary? Boundary { get; set; }

    /// <summary>How far back figures are asked for, and how long after its time began one may stand in for a newer one, marked as a forecast; then it is stale.</summary>
    /// <value>2 hours; from 5 minutes to 1 day.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest for a request with its retries.</summary>
    /// <value>1 minute; from 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
