namespace GreenAI.Metering.AspNetCore.Tests.Page;

/// <summary>The body of an answer whose reader takes so many writes and no more, until it is cut off.</summary>
internal sealed class StalledBody(int taken) : MemoryStream
{
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writes;

    public Task Stalled => _stalled.Task;

    /// <summary>What has been offered to a reader that does not take it.</summary>
    public ReadOnlyMemory<byte> Offered { get; private set; }

    public void Cut() => _cut.TrySetException(new IOException("The connection was cut."));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_writes++ < taken)
        {
            await base.WriteAsync(buffer, cancellationToken);
            return;
        }

        Offered = buffer;
        _stalled.TrySetResult();
        await _cut.Task.WaitAsync(cancellationToken);
    }
}
