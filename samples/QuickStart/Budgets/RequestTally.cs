namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What became of the requests.</summary>
internal sealed class RequestTally
{
    /// <summary>Ran on the model they asked for.</summary>
    public long Ran { get; set; }

    /// <summary>Of these: critical ones, while others were sent to the smaller model.</summary>
    public long Exempt { get; set; }

    /// <summary>Ran on the smaller model instead.</summary>
    public long Degraded { get; set; }

    /// <summary>Were refused.</summary>
    public long Refused { get; set; }

    /// <summary>Requests for the smaller model itself, which no budget limits, while the larger one was refused.</summary>
    public long Unlimited { get; set; }
}
