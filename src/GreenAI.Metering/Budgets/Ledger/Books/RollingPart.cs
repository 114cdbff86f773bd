namespace GreenAI.Metering;

/// <summary>What was booked in one part of a rolling window.</summary>
internal readonly record struct RollingPart(long Part, long Settled, long Overrun);
