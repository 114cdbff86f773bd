namespace GreenAI.Metering;

/// <summary>One snapshot as it goes over the wire, shared by all viewers; its memory goes back when the last of them has sent it.</summary>
internal sealed class LiveFrame(long number, PooledBuffer buffer)
{
    private int _holders = 1;

    /// <summary>Its place in the order of snapshots.</summary>
    public long Number => number;

    public ReadOnlyMemory<byte> Bytes => buffer.Written;

    /// <summary>One more holder. Only who knows that there is one at the moment may call it.</summary>
    public LiveFrame Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0) buffer.Dispose();
    }
}
