namespace GreenAI.Metering.GpuAcceptance;

/// <summary>A moment at which a raw counter moved, and what it moved to.</summary>
internal readonly record struct CounterEdge(long Timestamp, ulong Millijoules);
