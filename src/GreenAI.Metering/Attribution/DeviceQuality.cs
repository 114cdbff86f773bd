namespace GreenAI.Metering;

/// <summary>How good a device's figures are at the moment; refreshed at each close.</summary>
internal struct DeviceQuality
{
    /// <summary>Band of counter, floor and process share together.</summary>
    public RelativeUncertainty Uncertainty;

    public MeasurementTier Tier;

    /// <summary>No idle floor is known: dynamic energy contains idle power.</summary>
    public bool IncludesIdle;

    /// <summary>Not read for longer than a bill may wait: bills do not wait for it.</summary>
    public bool Stale;

    /// <summary>More than the device can draw.</summary>
    public double MaxWatts;
}
