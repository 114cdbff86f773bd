using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>4,096 slots and their accounts, allocated once and never moved.</summary>
internal sealed unsafe class SlotChunk
{
    public const int Shift = 12;
    public const int Size = 1 << Shift;

    /// <summary>Of a slot's number: its place in the chunk. Shifts and masks, since a signed division by a power of two is five instructions.</summary>
    public const int Mask = Size - 1;

    public const int BlockSize = 1 << BlockShift;
    private const int BlockShift = 6;
    private const int BlockCount = Size / BlockSize;

    // One flag per block of 64 slots, each on its own cache line: requests of different processors do not share one.
    private const int FlagStride = Aligned.CacheLine / sizeof(int);

    // One more than there are: the runtime begins an array's data anywhere, and the first slot begins at a cache line.
    private readonly ScopeSlot[] _memory = GC.AllocateArray<ScopeSlot>(Size + 1, pinned: true);
    private readonly ScopeSlot* _slots;

    private readonly int[] _touched = GC.AllocateArray<int>(BlockCount * FlagStride, pinned: true);

    public SlotChunk(int devices)
    {
        _slots = (ScopeSlot*)Aligned.Up(Unsafe.AsPointer(ref _memory[0]), Aligned.CacheLine);
        Accounts = GC.AllocateArray<ScopeAccount>(Size, pinned: true);
        Shares = GC.AllocateArray<ScopeShare>(Size * devices, pinned: true);
        // Generation 0 is that of the default scope and never live.
        foreach (ref ScopeSlot slot in Slots) slot.Word = SlotWord.NextGeneration(0);
    }

    public Span<ScopeSlot> Slots => new(_slots, Size);

    public ScopeAccount[] Accounts { get; }

    public ScopeShare[] Shares { get; }

    /// <summary>The slot of a number.</summary>
    public ref ScopeSlot Slot(int slot) => ref _slots[slot & Mask];

    /// <summary>For requests, who do not look at the chunk itself. Valid while the chunk lives.</summary>
    public ChunkAddress Address => new(_slots, (int*)Unsafe.AsPointer(ref _touched[0]));

    /// <summary>The number of the flag of a slot's block.</summary>
    public static int FlagOf(int slot) => ((slot & Mask) >>> BlockShift) * FlagStride;

    /// <summary>Says that a block still has slots in use.</summary>
    public void Keep(int block) => Volatile.Write(ref _touched[block * FlagStride], 1);

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
            ref int flag = ref _touched[block * FlagStride];
            if (Volatile.Read(ref flag) == 0) continue;
            Volatile.Write(ref flag, 0);
            blocks |= 1UL << block;
        }

        if (blocks != 0) Interlocked.MemoryBarrier();
        return blocks;
    }
}
