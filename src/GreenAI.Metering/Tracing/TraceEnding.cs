namespace GreenAI.Metering;

/// <summary>How a recording ended.</summary>
internal enum TraceEnding : byte
{
    /// <summary>With the meter.</summary>
    Complete = 0,

    /// <summary>The stream could not keep up: it ends with the last close that was recorded whole.</summary>
    Behind = 1,

    /// <summary>A close did not end: nothing after it could be replayed.</summary>
    Broken = 2,
}
