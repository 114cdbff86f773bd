using System.Runtime.CompilerServices;

namespace GreenAI.Metering.Tests;

public unsafe class SlotChunkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Slots_OfEveryChunk_HaveACacheLineEach(int devices)
    {
        for (int i = 0; i < 20; i++)
        {
            var chunk = new SlotChunk(devices);
            Assert.Equal(SlotChunk.Size, chunk.Slots.Length);
            Assert.Equal(0, (long)Unsafe.AsPointer(ref chunk.Slots[0]) % 64);
            Assert.Equal(64, (long)Unsafe.AsPointer(ref chunk.Slots[1]) - (long)Unsafe.AsPointer(ref chunk.Slots[0]));
            GC.KeepAlive(chunk);
        }
    }
}
