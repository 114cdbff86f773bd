using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GreenAI.Metering;

/// <summary>What a request needs of a <see cref="SlotTable"/>: to take a slot and to write to it. Lock-free.</summary>
/// <remarks>
/// A request finds the caches cold, so that each line and each page it looks at counts: it goes by addresses, past the table, its chunks and the headers of arrays.
/// They are valid while the table lives.
/// </remarks>
internal readonly unsafe struct SlotPool(SlotTable table, FreeStripe* stripes, int lastStripe, ChunkAddress* addresses, int lastChunk)
{
    public int StripeCount => lastStripe + 1;

    /// <summary>Takes a free slot; −1 at the cap.</summary>
    public int Pop()
    {
        int own = Thread.GetCurrentProcessorId() & lastStripe;
        int slot = Pop(own);
        return slot >= 0 ? slot : table.PopElsewhere(own);
    }

    /// <summary>Begins to bring what <see cref="Pop()"/> will look at into the processor's cache, while the caller does something else.</summary>
    public void Prefetch()
    {
        if (!Sse.IsSupported) return;
        int slot = (int)Volatile.Read(ref Head(Thread.GetCurrentProcessorId())) - 1;
        if (slot >= 0) Sse.Prefetch0(Unsafe.AsPointer(ref Slot(slot)));
    }

    /// <summary>Takes a slot of one stripe; −1: it has none.</summary>
    public int Pop(int stripe)
    {
        ref long top = ref Head(stripe);
        long head = Volatile.Read(ref top);
        while (true)
        {
            int slot = (int)head - 1;
            if (slot < 0) return -1;
            // Another thread may pop this slot meanwhile and the link then be stale: the tag makes the exchange fail.
            int next = Volatile.Read(ref Slot(slot).NextFree);
            long seen = Interlocked.CompareExchange(ref top, Link(head, next), head);
            if (seen == head)
            {
                // The next request of this processor will take it, and the closer, on another, wrote to it last.
                if (next > 0 && Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Slot(next - 1)));
                return slot;
            }

            head = seen;
        }
    }

    /// <summary>The slot of a number.</summary>
    public ref ScopeSlot Slot(int slot) => ref AddressOf(slot).Slots[slot & SlotChunk.Mask];

    /// <summary>Says that a slot of its block is in use. Called after the slot was published as active.</summary>
    public void Touch(int slot) => Volatile.Write(ref AddressOf(slot).Touched[SlotChunk.FlagOf(slot)], 1);

    /// <summary>The head of a stripe's free list.</summary>
    public ref long Head(int stripe) => ref stripes[stripe & lastStripe].Head;

    /// <summary>What a head becomes that is followed by another slot.</summary>
    public static long Link(long head, int next) => (((head >>> 32) + 1) << 32) | (uint)next;

    private ref readonly ChunkAddress AddressOf(int slot)
    {
        int chunk = slot >>> SlotChunk.Shift;
        if ((uint)chunk > (uint)lastChunk) ThrowNoSlot(slot);
        return ref addresses[chunk];
    }

    [DoesNotReturn]
    private static void ThrowNoSlot(int slot) => throw new InvalidOperationException($"There is no slot {slot}: the scope was copied while another thread wrote it.");
}
