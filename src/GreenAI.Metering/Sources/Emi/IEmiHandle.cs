namespace GreenAI.Metering;

/// <summary>An open energy meter interface.</summary>
/// <remarks>Not thread-safe: detection, then one sampler uses it.</remarks>
internal interface IEmiHandle : IDisposable
{
    /// <summary>Asks the driver; allocates nothing in a good answer, never throws.</summary>
    /// <param name="code">The control code.</param>
    /// <param name="output">Receives the answer.</param>
    /// <param name="length">Its length.</param>
    /// <returns>0, or the system's error code.</returns>
    int Control(uint code, Span<byte> output, out int length);
}
