using System.Numerics;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>The slots of a meter: a lock-free pool for requests, and a scan for the closer.</summary>
/// <remarks>
/// Requests pop from the free list of their processor, else from another, else let the table grow; the closer pushes, and whoever gives a reservation back.
/// At the cap a request goes untracked and is counted.
/// </remarks>
internal sealed unsafe class SlotTable
{
    private readonly FreeStripe[] _stripes;
    private readonly ChunkAddress[] _addressMemory;
    private readonly ChunkAddress* _addresses;
    private readonly SlotPool _pool;
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
        // Room to begin where a line does: the runtime begins an array's data anywhere.
        _stripes = GC.AllocateArray<FreeStripe>(stripes + 1, pinned: true);
        _addressMemory = GC.AllocateArray<ChunkAddress>(_chunks.Length + (Aligned.CacheLine / sizeof(ChunkAddress)), pinned: true);
        _addresses = (ChunkAddress*)Aligned.Up(Unsafe.AsPointer(ref _addressMemory[0]), Aligned.CacheLine);
        _pool = new SlotPool(this, (FreeStripe*)Aligned.Up(Unsafe.AsPointer(ref _stripes[0]), sizeof(FreeStripe)), stripes - 1, _addresses, _chunks.Length - 1);
        _stripeShift = BitOperations.Log2((uint)(SlotChunk.Size / stripes));
        Grow(0);
    }

    /// <summary>Scopes that found no slot at the cap, since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public int ChunkCount => _chunkCount;

    public int Capacity => _chunks.Length * SlotChunk.Size;

    public SlotChunk Chunk(int index) => _chunks[index]!;

    public SlotChunk ChunkOf(int slot) => _chunks[slot >>> SlotChunk.Shift]!;

    /// <summary>For requests, who have it where they look anyway.</summary>
    public SlotPool Pool => _pool;

    public ref ScopeSlot Slot(int slot) => ref _pool.Slot(slot);

    /// <summary>Gives a chain of freed slots of one stripe back.</summary>
    public void Push(int stripe, int first, int last)
    {
        ref long head = ref _pool.Head(stripe);
        ref ScopeSlot tail = ref Slot(last);
        long seen = Volatile.Read(ref head);
        while (true)
        {
            Volatile.Write(ref tail.NextFree, (int)seen);
            long exchanged = Interlocked.CompareExchange(ref head, SlotPool.Link(seen, first + 1), seen);
            if (exchanged == seen) return;
            seen = exchanged;
        }
    }

    public int StripeCount => _pool.StripeCount;

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

    /// <summary>Takes a slot where the own stripe has none, and lets the table grow where none has; −1 at the cap.</summary>
    public int PopElsewhere(int own)
    {
        while (true)
        {
            int chunks = _chunkCount;
            for (int i = 1; i <= StripeCount; i++)
            {
                int slot = _pool.Pop(own + i);
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
            var chunk = new SlotChunk(_devices);
            Volatile.Write(ref _chunks[expected], chunk);
            // Before a slot of it can be popped. Behind each address is memory from the start, the first chunk's: of a scope that was torn apart, too, the generation is asked.
            if (expected == 0) new Span<ChunkAddress>(_addresses, _chunks.Length).Fill(chunk.Address);
            else _addresses[expected] = chunk.Address;
            int perStripe = SlotChunk.Size / StripeCount;
            for (int stripe = 0; stripe < StripeCount; stripe++)
            {
                int first = (expected * SlotChunk.Size) + (stripe * perStripe);
                for (int slot = first; slot < first + perStripe - 1; slot++) Slot(slot).NextFree = slot + 2;
                Push(stripe, first, first + perStripe - 1);
            }

            _chunkCount = expected + 1;
        }
    }
}
