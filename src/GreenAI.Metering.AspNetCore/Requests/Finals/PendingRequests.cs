using System.Diagnostics;

namespace GreenAI.Metering;

/// <summary>The requests whose inferences have no final bill yet, by the number of the scope. Made once, never grows; where it is full the oldest gives way.</summary>
/// <remarks>
/// Thread-safe without locks: who changes an entry first takes its number away by an atomic exchange, and then publishes the new one. A scope's number is unique,
/// so that an entry is never taken for another's.
/// </remarks>
internal sealed class PendingRequests(int capacity)
{
    // So many places in a row may hold a scope.
    private const int Probes = 8;
    private const long Busy = -1;

    private readonly PendingRequest[] _entries = new PendingRequest[checked((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity))];
    private long _stamp;
    private long _overflow;

    /// <summary>Requests that gave way, or found no place.</summary>
    public long Overflow => Volatile.Read(ref _overflow);

    public void Add(long id, EndpointPlan plan, TenantHandle tenant, ActivityTraceId traceId, ActivitySpanId spanId)
    {
        if (!TryTakePlace(id, out int place)) return;
        ref PendingRequest entry = ref _entries[place];
        entry.Stamp = Interlocked.Increment(ref _stamp);
        entry.Plan = plan;
        entry.Tenant = tenant;
        entry.TraceId = traceId;
        entry.SpanId = spanId;
        Volatile.Write(ref entry.Id, id);
    }

    /// <summary>Takes a request out.</summary>
    public bool TryTake(long id, out PendingRequest request)
    {
        int home = Home(id);
        for (int i = 0; i < Probes; i++)
        {
            ref PendingRequest entry = ref _entries[(home + i) & (_entries.Length - 1)];
            if (Volatile.Read(ref entry.Id) != id || Interlocked.CompareExchange(ref entry.Id, Busy, id) != id) continue;
            request = entry;
            // Nothing of the request is kept alive by a free place.
            entry.Plan = null;
            entry.TraceId = default;
            entry.SpanId = default;
            Volatile.Write(ref entry.Id, 0);
            return true;
        }

        request = default;
        return false;
    }

    private bool TryTakePlace(long id, out int place)
    {
        int home = Home(id);
        long oldest = long.MaxValue, oldestId = 0;
        int oldestPlace = -1;
        for (int i = 0; i < Probes; i++)
        {
            place = (home + i) & (_entries.Length - 1);
            ref PendingRequest entry = ref _entries[place];
            long held = Volatile.Read(ref entry.Id);
            if (held == 0 && Interlocked.CompareExchange(ref entry.Id, Busy, 0) == 0) return true;
            long stamp = Volatile.Read(ref entry.Stamp);
            if (held <= 0 || stamp >= oldest) continue;
            (oldest, oldestId, oldestPlace) = (stamp, held, place);
        }

        // One whose bill was lost on its way (an observer that is slow) would else hold its place for good.
        Interlocked.Increment(ref _overflow);
        place = oldestPlace;
        return place >= 0 && Interlocked.CompareExchange(ref _entries[place].Id, Busy, oldestId) == oldestId;
    }

    // Slots of scopes are handed out near each other: spread them.
    private int Home(long id) => (int)((ulong)(id * -7046029254386353131L) >> 40) & (_entries.Length - 1);
}
