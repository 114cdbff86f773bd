namespace GreenAI.Metering.Tests;

/// <summary>A stream whose writes wait until it is opened, or throw.</summary>
internal sealed class GatedStream : MemoryStream
{
    private readonly ManualResetEventSlim _open = new();

    public bool Throws { get; init; }

    public void Open() => _open.Set();

    public override void Write(byte[] buffer, int offset, int count)
    {
        _open.Wait(TestContext.Current.CancellationToken);
        if (Throws) throw new IOException("No space left on device.");
        base.Write(buffer, offset, count);
    }
}
