using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

public sealed class AlignedArrayTests
{
    [Fact]
    public unsafe void Allocate_NearlyAlwaysBeginsACacheLine()
    {
        // Other tests allocate at the same time and may take the place that was made: it is best effort.
        int aligned = 0;
        for (int i = 0; i < 50; i++)
        {
            ScopeSlot[] slots = AlignedArray.Allocate<ScopeSlot>(4096);
            Assert.Equal(4096, slots.Length);
            if ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(slots)) % 64 == 0) aligned++;
        }

        Assert.True(aligned >= 40, $"Only {aligned} of 50 arrays were aligned.");
    }
}
