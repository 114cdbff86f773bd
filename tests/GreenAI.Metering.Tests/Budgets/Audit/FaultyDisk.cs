namespace GreenAI.Metering.Tests;

/// <summary>Files on a disk that is full when told, after writing a part; or that holds a writing up.</summary>
internal sealed class FaultyDisk
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private long _room = long.MaxValue;

    /// <summary>Bytes that can still be written.</summary>
    public long Room
    {
        get => Interlocked.Read(ref _room);
        set => Interlocked.Exchange(ref _room, value);
    }

    public bool IsHolding { get; private set; }

    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    public Stream Open(string path, FileMode mode) => new FaultyStream(this, AuditRig.OpenFile(path, mode));

    /// <summary>A stream that takes nothing.</summary>
    internal sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The disk is full.");
    }

    private sealed class FaultyStream(FaultyDisk disk, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!disk._open.IsSet)
            {
                disk.IsHolding = true;
                disk._open.Wait();
            }

            int part = (int)Math.Min(disk.Room, buffer.Length);
            inner.Write(buffer[..part]);
            disk.Room -= disk.Room == long.MaxValue ? 0 : part;
            if (part < buffer.Length) throw new IOException("The disk is full.");
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
