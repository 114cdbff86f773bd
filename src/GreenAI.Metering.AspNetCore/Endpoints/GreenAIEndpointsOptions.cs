namespace GreenAI.Metering;

/// <summary>Who may see the page and the endpoints beside it.</summary>
public sealed class GreenAIEndpointsOptions
{
    /// <summary>Whether callers from other machines are answered though no authorization is asked of the endpoints.</summary>
    /// <value>False. Energy at this grain is a side channel, and the page shows budgets and models.</value>
    public bool AllowRemote { get; set; }

    /// <summary>When <c>/autoscaling/{model}</c> answers.</summary>
    public AutoscalingOptions Autoscaling { get; } = new();
}
