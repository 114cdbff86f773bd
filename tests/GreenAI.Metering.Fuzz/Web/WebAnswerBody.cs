namespace GreenAI.Metering.Fuzz;

/// <summary>Keeps the body of an answer. Whoever reads a stream of events leaves after the second.</summary>
internal sealed class WebAnswerBody(WebAnswer answer) : MemoryStream
{
    private int _flushes;

    public ReadOnlyMemory<byte> Bytes => GetBuffer().AsMemory(0, (int)Length);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await answer.StartAsync(cancellationToken);
        Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await answer.StartAsync(cancellationToken);
        if (++_flushes == 2 && answer.Headers.ContentType == "text/event-stream") answer.Leave();
    }
}
