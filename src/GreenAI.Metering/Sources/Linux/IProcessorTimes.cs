namespace GreenAI.Metering;

/// <summary>Tells how much processor time we and the whole machine have used: the ratio of two differences is our share.</summary>
/// <remarks>Not thread-safe: whoever closes intervals reads it. An implementation that holds files is also disposable.</remarks>
internal interface IProcessorTimes
{
    /// <summary>Reads both times now; allocates nothing, never throws.</summary>
    /// <returns>False when either is unreadable at the moment: there is no share then, and none is invented.</returns>
    bool TryRead(out ProcessorTimesReading reading);
}
