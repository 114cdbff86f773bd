using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>The head of one free list, alone on a pair of cache lines (adjacent-line prefetch pulls two).</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct FreeStripe
{
    /// <summary>A tag in the upper half that changes with every pop (against ABA), a slot number plus one in the lower; 0: empty.</summary>
    [FieldOffset(64)]
    public long Head;
}
