namespace GreenAI.Metering;

/// <summary>One device whose interval closes now.</summary>
internal struct ClosingDevice
{
    public int Device;

    /// <summary>End of the interval; its start is the books' boundary.</summary>
    public long Until;

    public IntervalEnergy Energy;

    /// <summary>Band of counter, floor and process share together.</summary>
    public RelativeUncertainty Band;

    /// <summary>Ticks of the interval in which the counter was not read, or told nothing.</summary>
    public long UncoveredTicks;
}
