using System.Numerics;

namespace GreenAI.Metering;

/// <summary>The slots of a meter: a lock-free pool for requests, and a scan for the closer.</summary>
/// <remarks>
/// Requests pop from the free list of their processor, else from another, else let the table grow; only the closer pushes.
/// At the cap a request goes untracked and is counted.
/// </remarks>
internal sealed class SlotTable
{
    private readonly FreeStripe[] _stripes;
    private readonly SlotChunk?[] _chunks;
    private readonly int _devices;
    private readonly int _stripeShift;
    private readonly object _growing = new();
    private volatile int _chunkCount;
    private long _dropped;

    public SlotTable(int devices, int capacity)
    {
        _devices = devices;
        _chunks = new SlotChunk?[(capacity + SlotChunk.Size - 1) / SlotChunk.Size];
        int stripes = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 64));
        _stripes = GC.AllocateArray<FreeStripe>(stripes, pinned: true);
        _stripeShift = BitOperations.Log2((uint)(SlotChunk.Size / stripes));
        Grow(0);
    }

    /// <summary>Scopes that found no slot at the cap, since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public int ChunkCount => _chunkCount;

    public int Capacity => _chunks.Length * SlotChunk.Size;

    public SlotChunk Chunk(int index) => _chunks[index]!;

    public SlotChunk ChunkOf(int slot) => _chunks[slot >>> SlotChunk.Shift]!;

    public ref ScopeSlot Slot(int slot) => ref ChunkOf(slot).Slot(slot);

    /// <summary>Takes a free slot; −1 at the cap.</summary>
    public int Pop()
    {
        int stripes = _stripes.Length;
        int own = Thread.GetCurrentProcessorId() & (stripes - 1);
        int slot = Pop(ref _stripes[own]);
        return slot >= 0 ? slot : PopElsewhere(own);
    }

    /// <summary>Gives a chain of freed slots of one stripe back; only the closer calls it.</summary>
    public void Push(int stripe, int first, int last)
    {
        ref long head = ref _stripes[stripe].Head;
        ref ScopeSlot tail = ref Slot(last);
        long seen = Volatile.Read(ref head);
        while (true)
        {
            Volatile.Write(ref tail.NextFree, (int)seen);
            long exchanged = Interlocked.CompareExchange(ref head, Link(seen, first + 1), seen);
            if (exchanged == seen) return;
            seen = exchanged;
        }
    }

    public int StripeCount => _stripes.Length;

    public int StripeOf(int slot) => (slot & SlotChunk.Mask) >> _stripeShift;

    /// <summary>Adds a chunk ahead of need; the closer calls it when few slots are left.</summary>
    public void Reserve(int inUse)
    {
        int count = _chunkCount;
        if (count < _chunks.Length && inUse > (count * SlotChunk.Size) - (SlotChunk.Size / 4)) Grow(count);
    }

    /// <summary>Memory of 4,096 slots, roughly.</summary>
    public long ChunkBytes => SlotChunk.Size * (128L + (64L * (1 + _devices)));

    /// <summary>Makes room for a slot of a trace.</summary>
    public void EnsureChunk(int chunk)
    {
        while (_chunkCount <= chunk) Grow(_chunkCount);
    }

    /// <summary>Sets what a trace tells of scopes that found no slot.</summary>
    public void RestoreDropped(long dropped) => Interlocked.Exchange(ref _dropped, dropped);

    private static long Link(long head, int next) => (((head >>> 32) + 1) << 32) | (uint)next;

    private int Pop(ref FreeStripe stripe)
    {
        long head = Volatile.Read(ref stripe.Head);
        while (true)
        {
            int slot = (int)head - 1;
            if (slot < 0) return -1;
            // Another thread may pop this slot meanwhile and the link then be stale: the tag makes the exchange fail.
            int next = Volatile.Read(ref Slot(slot).NextFree);
            long seen = Interlocked.CompareExchange(ref stripe.Head, Link(head, next), head);
            if (seen == head)
            {
                // The next request of this processor will take it.
                if (next > 0) ChunkOf(next - 1).Prefetch(next - 1);
                return slot;
            }

            head = seen;
        }
    }

    private int PopElsewhere(int own)
    {
        while (true)
        {
            int chunks = _chunkCount;
            for (int i = 1; i <= _stripes.Length; i++)
            {
                int slot = Pop(ref _stripes[(own + i) & (_stripes.Length - 1)]);
                if (slot >= 0) return slot;
            }

            if (chunks == _chunks.Length)
            {
                Interlocked.Increment(ref _dropped);
                return -1;
            }

            Grow(chunks);
        }
    }

    // Grows only if nobody else did since the caller looked.
    private void Grow(int expected)
    {
        lock (_growing)
        {
            if (_chunkCount != expected) return;
            Volatile.Write(ref _chunks[expected], new SlotChunk(_devices));
            int perStripe = SlotChunk.Size / _stripes.Length;
            for (int stripe = 0; stripe < _stripes.Length; stripe++)
            {
                int first = (expected * SlotChunk.Size) + (stripe * perStripe);
                for (int slot = first; slot < first + perStripe - 1; slot++) Slot(slot).NextFree = slot + 2;
                Push(stripe, first, first + perStripe - 1);
            }

            _chunkCount = expected + 1;
        }
    }
}
