namespace GreenAI.Metering;

/// <summary>Tells the processor time used since some fixed moment by a process, a control group or the machine.</summary>
/// <remarks>Not thread-safe: whoever closes intervals reads it.</remarks>
internal interface IBusyTime : IDisposable
{
    /// <summary>Reads the time now; allocates nothing in a good reading, never throws.</summary>
    SampleFault TryRead(out long microseconds);
}
