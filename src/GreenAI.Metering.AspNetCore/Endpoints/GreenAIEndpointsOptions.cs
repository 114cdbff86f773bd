namespace GreenAI.Metering;

/// <summary>Who may see the page and the endpoints beside it.</summary>
public sealed class GreenAIEndpointsOptions
{
    /// <summary>Whether callers from other machines are answered though no authorization is asked of the endpoints.</summary>
    /// <value>False. Energy at this grain is a side channel, and the page shows budgets and models.</value>
    public bool AllowRemote { get; set; }

    /// <summary>How many may watch the page at once; who comes then is answered 503 until one leaves.</summary>
    /// <value>16. From 1 to 1,000. Each holds a connection, and one snapshot at the most.</value>
    public int MaxViewers { get; set; } = 16;

    /// <summary>When <c>/autoscaling/{model}</c> answers.</summary>
    public AutoscalingOptions Autoscaling { get; } = new();
}
