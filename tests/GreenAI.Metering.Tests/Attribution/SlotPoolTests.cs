using System.Runtime.CompilerServices;

namespace GreenAI.Metering.Tests;

public unsafe class SlotPoolTests
{
    [Fact]
    public void Slots_OfEveryChunk_AreThoseOfTheTable()
    {
        var table = new SlotTable(devices: 2, capacity: 3 * SlotChunk.Size);
        var taken = new HashSet<int>();
        for (int slot = table.Pool.Pop(); slot >= 0; slot = table.Pool.Pop())
        {
            Assert.True(taken.Add(slot));
            Assert.True(Unsafe.AreSame(ref table.Pool.Slot(slot), ref table.ChunkOf(slot).Slot(slot)));
        }

        Assert.Equal((3 * SlotChunk.Size, 1), (taken.Count, table.Dropped));
    }

    [Fact]
    public void Touch_MarksTheBlockOfTheSlot_AndNoOther()
    {
        var table = new SlotTable(devices: 1, capacity: 2 * SlotChunk.Size);
        table.EnsureChunk(1);
        for (int block = 0; block < 64; block++)
        {
            table.Pool.Touch(SlotChunk.Size + (block * SlotChunk.BlockSize) + (block % SlotChunk.BlockSize));
            Assert.Equal(1UL << block, table.Chunk(1).TakeTouched());
            Assert.Equal(0UL, table.Chunk(0).TakeTouched());
        }
    }

    [Fact]
    public void Heads_OfStripes_HaveAPairOfCacheLinesEach()
    {
        var table = new SlotTable(devices: 1, capacity: 1);
        for (int stripe = 0; stripe < table.StripeCount; stripe++)
            Assert.Equal(64, (long)Unsafe.AsPointer(ref table.Pool.Head(stripe)) % 128);
        GC.KeepAlive(table);
    }

    [Theory]
    [InlineData(2 * SlotChunk.Size)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Slot_BeyondTheTable_Throws(int slot)
    {
        var table = new SlotTable(devices: 1, capacity: 2 * SlotChunk.Size);
        Assert.Contains("no slot", Assert.Throws<InvalidOperationException>(() => table.Pool.Slot(slot).Word).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => table.Pool.Touch(slot));
    }

    [Fact]
    public void Slot_OfAChunkThatIsNotThereYet_IsMemoryOfTheFirst()
    {
        var table = new SlotTable(devices: 1, capacity: 2 * SlotChunk.Size);
        Assert.True(Unsafe.AreSame(ref table.Pool.Slot(SlotChunk.Size + 7), ref table.Chunk(0).Slot(7)));
        table.EnsureChunk(1);
        Assert.True(Unsafe.AreSame(ref table.Pool.Slot(SlotChunk.Size + 7), ref table.Chunk(1).Slot(7)));
    }

    [Fact]
    public void Prefetch_TakesNothing_EvenWhereNothingIsLeft()
    {
        var table = new SlotTable(devices: 1, capacity: 1);
        int taken = 0;
        table.Pool.Prefetch();
        while (table.Pool.Pop() >= 0) taken++;
        table.Pool.Prefetch();
        GC.KeepAlive(table);
        Assert.Equal(SlotChunk.Size, taken);
    }
}
