namespace GreenAI.Metering;

/// <summary>What a trace says about the meter it was recorded of. Property names are the format's.</summary>
/// <remarks>A property that a reader does not know makes it refuse the trace: a bill may depend on it.</remarks>
internal sealed class TraceHeader
{
    /// <summary>The version of the library that recorded, for people.</summary>
    public string Library { get; init; } = "";

    /// <summary>Ticks per second of all times.</summary>
    public long TimestampFrequency { get; init; }

    public TraceHeaderOptions Options { get; init; } = new();

    public TraceHeaderSource[] Sources { get; init; } = [];
}
