namespace GreenAI.Metering;

/// <summary>What was recorded last of one slot.</summary>
internal struct TracedSlot
{
    public long Word;
    public long SegmentStart;
    public long ActiveTicks;
}
