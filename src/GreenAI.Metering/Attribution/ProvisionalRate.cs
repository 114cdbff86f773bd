namespace GreenAI.Metering;

/// <summary>What a provisional footprint of one model is computed from; each field is one atomic word.</summary>
internal struct ProvisionalRate
{
    /// <summary>Watts of one active inference over all devices; 0 until learned.</summary>
    public double Watts;

    /// <summary>Watts of idle floor per active inference over all devices.</summary>
    public double IdleWatts;

    /// <summary>How far the truth may lie below, as a fraction.</summary>
    public double Below;

    /// <summary>How far the truth may lie above, as a fraction.</summary>
    public double Above;

    /// <summary>Highest power of the devices the model does not use.</summary>
    public double ElsewhereWatts;

    /// <summary>The idle floor of every device the model uses is known.</summary>
    public bool IdleKnown;

    /// <summary>The model uses no device that is metered.</summary>
    public bool NoDevice;
}
