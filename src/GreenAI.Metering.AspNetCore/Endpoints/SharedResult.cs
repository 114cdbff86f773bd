namespace GreenAI.Metering;

/// <summary>Something dear that many ask for at once: made once, and shared by all who ask while it is made or shortly after.</summary>
/// <typeparam name="T">What is made.</typeparam>
/// <remarks>
/// Thread-safe. Whoever goes away ends only the own waiting, since others wait for the same. What failed is not kept: the next caller begins anew.
/// </remarks>
internal sealed class SharedResult<T>(Func<Task<T>> make, TimeSpan keep, TimeProvider timeProvider)
{
    private readonly object _gate = new();
    private Task<T>? _task;
    private long _made;

    public Task<T> GetAsync(CancellationToken cancellationToken) => Latest().WaitAsync(cancellationToken);

    /// <summary>The same for those who would rather have nothing than wait long.</summary>
    /// <exception cref="TimeoutException">It was not made in time; it is still being made.</exception>
    public Task<T> GetAsync(TimeSpan patience, CancellationToken cancellationToken) => Latest().WaitAsync(patience, timeProvider, cancellationToken);

    private Task<T> Latest()
    {
        lock (_gate)
        {
            if (_task is { } task && (!task.IsCompleted || (task.IsCompletedSuccessfully && timeProvider.GetElapsedTime(_made) < keep))) return task;
            // On a thread of its own accord: what is made may wait for a lock, and callers are not to queue for ours meanwhile.
            return _task = Task.Run(MakeAsync, CancellationToken.None);
        }
    }

    private async Task<T> MakeAsync()
    {
        T result = await make().ConfigureAwait(false);
        // Before the task completes, so that nobody sees it completed with the time of the one before.
        lock (_gate) _made = timeProvider.GetTimestamp();
        return result;
    }
}
