using Microsoft.Extensions.ObjectPool;

namespace GreenAI.Metering;

/// <summary>The requests that are kept for further ones: one for each thread, which its processor's caches still know, before those that all share. Thread-safe.</summary>
/// <remarks>
/// One that processors take from each other costs more than all else that metering does: each of its cache lines has to come over. A thread's own needs no interlocked operation.
/// What is kept holds nothing of the application that it served, and serves any of the process.
/// </remarks>
internal sealed class MeteredRequestPool
{
    // As many as usually run at once; those beyond are made anew.
    private const int Kept = 1024;

    [ThreadStatic]
    private static MeteredRequest? _own;

    private readonly DefaultObjectPool<MeteredRequest> _shared = new(new Policy(), Kept);

    /// <summary>The only one, but for tests: threads keep one request, whichever pool it came from.</summary>
    public static MeteredRequestPool Instance { get; } = new();

    public MeteredRequest Get()
    {
        if (_own is not { } request) return _shared.Get();
        _own = null;
        return request;
    }

    public void Return(MeteredRequest request)
    {
        if (_own is null) _own = request;
        else _shared.Return(request);
    }

    private sealed class Policy : PooledObjectPolicy<MeteredRequest>
    {
        public override MeteredRequest Create() => new();

        // It has cleared itself.
        public override bool Return(MeteredRequest obj) => true;
    }
}
