namespace GreenAI.Metering;

/// <summary>The energy of one interval of one device by where it goes; the three parts sum to the total.</summary>
internal readonly record struct IntervalEnergy(long Total, long Idle, long Other)
{
    /// <summary>Dynamic energy of this process.</summary>
    public long Own => Total - Idle - Other;
}
