using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.ObjectPool;

namespace GreenAI.Metering;

/// <summary>The requests that are kept for further ones: one for each processor, which its caches still know, before those that all share. Thread-safe.</summary>
/// <remarks>One that processors take from each other costs more than all else that metering does: each of its cache lines has to come over.</remarks>
internal sealed class MeteredRequestPool
{
    // As many as usually run at once; those beyond are made anew.
    private const int Kept = 1024;

    private readonly Place[] _own = new Place[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 256))];
    private readonly DefaultObjectPool<MeteredRequest> _shared;

    public MeteredRequestPool(RequestMetering metering) => _shared = new DefaultObjectPool<MeteredRequest>(new Policy(metering), Kept);

    public MeteredRequest Get() => Interlocked.Exchange(ref Own().Request, null) ?? _shared.Get();

    public void Return(MeteredRequest request)
    {
        if (Interlocked.CompareExchange(ref Own().Request, request, null) is not null) _shared.Return(request);
    }

    private ref Place Own() => ref _own[Thread.GetCurrentProcessorId() & (_own.Length - 1)];

    // Alone on a pair of cache lines: adjacent-line prefetch pulls two.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Place
    {
        [FieldOffset(64)]
        public MeteredRequest? Request;
    }

    private sealed class Policy(RequestMetering metering) : PooledObjectPolicy<MeteredRequest>
    {
        public override MeteredRequest Create() => new(metering);

        // It has cleared itself.
        public override bool Return(MeteredRequest obj) => true;
    }
}
