using System.Numerics;

namespace GreenAI.Metering;

/// <summary>4,096 slots and their accounts, allocated once and never moved.</summary>
internal sealed class SlotChunk
{
    public const int Size = 4096;
    public const int BlockSize = 64;
    private const int BlockCount = Size / BlockSize;

    private const int CacheLine = 64;

    // One flag per block of 64 slots. The blocks of a stripe share a cache line, those of two stripes do not: requests of
    // different processors do not write to one line, and a scan reads few.
    private readonly byte[] _touched;
    private readonly int _stripeShift;
    private readonly int _blockMask;

    public SlotChunk(int devices, int stripes)
    {
        // Both are powers of two: a division here would show in the cost of a request.
        _stripeShift = BitOperations.Log2((uint)(BlockCount / stripes));
        _blockMask = (BlockCount / stripes) - 1;
        _touched = GC.AllocateArray<byte>(stripes * CacheLine, pinned: true);
        Slots = GC.AllocateArray<ScopeSlot>(Size, pinned: true);
        Accounts = GC.AllocateArray<ScopeAccount>(Size, pinned: true);
        Shares = GC.AllocateArray<ScopeShare>(Size * devices, pinned: true);
        // Generation 0 is that of the default scope and never live.
        foreach (ref ScopeSlot slot in Slots.AsSpan()) slot.Word = SlotWord.NextGeneration(0);
    }

    public ScopeSlot[] Slots { get; }

    public ScopeAccount[] Accounts { get; }

    public ScopeShare[] Shares { get; }

    /// <summary>Says that a slot of the block is in use. Called after the slot was published as active.</summary>
    public void Touch(int slot) => Volatile.Write(ref Flag(slot / BlockSize), 1);

    /// <summary>Says that a block still has slots in use.</summary>
    public void Keep(int block) => Volatile.Write(ref Flag(block), 1);

    /// <summary>Takes the set of blocks that may have slots in use, and clears it.</summary>
    /// <remarks>
    /// A request stores Active, then the flag, both with release order. If the closer's clear came after that flag, the
    /// full fence below makes the scan see Active; if it came before, the flag stays set for the next scan. So no slot is missed.
    /// </remarks>
    public ulong TakeTouched()
    {
        ulong blocks = 0;
        for (int block = 0; block < BlockCount; block++)
        {
            ref byte flag = ref Flag(block);
            if (Volatile.Read(ref flag) == 0) continue;
            Volatile.Write(ref flag, 0);
            blocks |= 1UL << block;
        }

        if (blocks != 0) Interlocked.MemoryBarrier();
        return blocks;
    }

    private ref byte Flag(int block) =>
        ref _touched[((block >> _stripeShift) * CacheLine) + (block & _blockMask)];
}
