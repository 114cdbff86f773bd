namespace GreenAI.Metering;

/// <summary>Tells the processor time of what the scope calls ours.</summary>
internal interface IOwnProcessorTime : IDisposable
{
    /// <summary>Reads the time now; allocates nothing, never throws.</summary>
    SampleFault TryRead(out long microseconds);
}
