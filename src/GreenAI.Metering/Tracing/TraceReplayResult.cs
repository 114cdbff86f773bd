namespace GreenAI.Metering;

/// <summary>What the replay of a trace came to.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TraceReplayResult
{
    internal TraceReplayResult(EnergyTotals totals) => Totals = totals;

    /// <summary>The books at the end of the trace.</summary>
    public EnergyTotals Totals { get; }

    /// <summary>
    /// Whether the trace ends with its meter. False when the recording was given up before, because its stream could not keep up:
    /// bills and books are then those of the part that was recorded.
    /// </summary>
    public bool IsComplete { get; internal init; }

    /// <summary>
    /// Whether the books are those the recorded meter ended with; null when the recording does not tell them because it is not
    /// complete. False means that this version of the library, or this processor's arithmetic, bills otherwise.
    /// </summary>
    public bool? MatchesRecording { get; internal init; }

    /// <summary>Bills made.</summary>
    public long Footprints { get; internal init; }

    /// <summary>Times that intervals were closed.</summary>
    public long Closes { get; internal init; }
}
