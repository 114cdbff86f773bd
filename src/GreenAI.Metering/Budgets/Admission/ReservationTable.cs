namespace GreenAI.Metering;

/// <summary>The reservations of slots. Its memory is made where it is needed: a meter without budgets has none.</summary>
internal sealed class ReservationTable(SlotTable slots)
{
    private readonly Reservation[]?[] _chunks = new Reservation[]?[slots.Capacity / SlotChunk.Size];

    /// <summary>The reservation of a slot, making room for it.</summary>
    public ref Reservation Of(int slot)
    {
        Reservation[] chunk = Volatile.Read(ref _chunks[slot >>> SlotChunk.Shift]) ?? Grow(slot >>> SlotChunk.Shift);
        return ref chunk[slot & SlotChunk.Mask];
    }

    /// <summary>The chunk of reservations a slot is in; null: none of its slots ever had one.</summary>
    public Reservation[]? ChunkOf(int slot) => Volatile.Read(ref _chunks[slot >>> SlotChunk.Shift]);

    /// <summary>Looks for admissions that nobody begins or disposes.</summary>
    /// <param name="before">Made before this moment of the boot clock.</param>
    /// <param name="found">Told the slot and the word of each.</param>
    public void Sweep(long before, Action<int, long> found)
    {
        for (int c = 0; c < _chunks.Length; c++)
        {
            if (Volatile.Read(ref _chunks[c]) is not { } chunk) continue;
            for (int i = 0; i < chunk.Length; i++)
            {
                long word = Volatile.Read(ref chunk[i].Word);
                if ((word & 3) == Reservation.Held && Volatile.Read(ref chunk[i].Since) < before) found((c << SlotChunk.Shift) + i, word);
            }
        }
    }

    private Reservation[] Grow(int chunk)
    {
        Interlocked.CompareExchange(ref _chunks[chunk], new Reservation[SlotChunk.Size], null);
        return _chunks[chunk]!;
    }
}
