using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>A kernel file that holds one non-negative number, such as <c>energy_uj</c> or <c>power1_average</c>.</summary>
/// <remarks>Not thread-safe: one sampler reads it. A good reading allocates nothing.</remarks>
internal sealed class KernelCounter(string path, TimeProvider timeProvider) : IDisposable
{
    private readonly KernelFile _file = new(path);
    private long _last = -1;
    private long _lastMoved;

    public string Path => path;

    /// <summary>Reads the number now.</summary>
    /// <returns><see cref="SampleFault.None"/> and the value, or why there is none.</returns>
    [SkipLocalsInit]
    public SampleFault TryRead(long now, out long value)
    {
        Span<byte> buffer = stackalloc byte[32];
        value = 0;
        SampleFault fault = _file.TryRead(buffer, out int length);
        if (fault != SampleFault.None) return fault;
        if (!KernelText.TryParseCounter(buffer[..length], out value)) return SampleFault.Malformed;
        if (value == _last) ReopenWhenStill(now);
        else (_last, _lastMoved) = (value, now);
        return SampleFault.None;
    }

    public void Dispose() => _file.Dispose();

    // A counter that stands still for a second may be a deleted file behind a held handle (a tree that was replaced): the
    // next read opens the path again and so learns the truth.
    private void ReopenWhenStill(long now)
    {
        if (timeProvider.GetElapsedTime(_lastMoved, now) < TimeSpan.FromSeconds(1)) return;
        _lastMoved = now;
        _file.Close();
    }
}
