namespace GreenAI.Metering;

/// <summary>Options of the ASP.NET Core package.</summary>
public sealed class GreenAIAspNetCoreOptions
{
    /// <summary>How requests are metered and admitted.</summary>
    public InferenceMeteringOptions Requests { get; } = new();

    /// <summary>Who may see the page and the endpoints beside it.</summary>
    public GreenAIEndpointsOptions Endpoints { get; } = new();
}
