namespace GreenAI.Metering;

/// <summary>One open perf event.</summary>
/// <remarks>Not thread-safe: one sampler reads it.</remarks>
internal interface IPerfCount : IDisposable
{
    /// <summary>Reads the event as the kernel gives it; allocates nothing in a good reading, never throws.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <returns>0, or the error number.</returns>
    int Read(Span<byte> buffer, out int length);
}
