namespace GreenAI.Metering;

/// <summary>Where a chunk lies: what a request needs of it, on one cache line with those of its neighbours.</summary>
internal readonly unsafe struct ChunkAddress(ScopeSlot* slots, int* touched)
{
    public readonly ScopeSlot* Slots = slots;

    public readonly int* Touched = touched;
}
