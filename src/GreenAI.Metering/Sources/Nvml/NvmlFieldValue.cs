using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary><c>nvmlFieldValue_t</c>: one item of a batch, asked by id and scope and answered with a return code of its own.</summary>
/// <remarks>
/// Its timestamp counts microseconds since 1970 on the driver's clock, which a person can set back: it is never compared with,
/// or taken for, a sample's monotonic time.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct NvmlFieldValue(NvmlField field, NvmlScope scope)
{
    [FieldOffset(0)]
    public NvmlField Field = field;

    [FieldOffset(4)]
    public NvmlScope Scope = scope;

    [FieldOffset(8)]
    public long Timestamp;

    [FieldOffset(16)]
    public long LatencyMicroseconds;

    [FieldOffset(24)]
    public NvmlValueType ValueType;

    // An item the driver leaves as it was is no reading.
    [FieldOffset(28)]
    public NvmlReturn Return = NvmlReturn.NoData;

    /// <summary>The bytes of the union; which of them count depends on <see cref="ValueType"/>.</summary>
    [FieldOffset(32)]
    public ulong Bits;

    /// <summary>
    /// What became of this item. A driver that does not know a field says "invalid argument" of the item: the handle, about
    /// which the code of the whole call tells, is well.
    /// </summary>
    public readonly NvmlReturn Result => Return == NvmlReturn.InvalidArgument ? NvmlReturn.NotSupported : Return;

    /// <summary>The value as a number that is not negative; false when the driver wrote none.</summary>
    /// <param name="number">The value; a fraction is cut off.</param>
    /// <param name="windows">Whether <c>unsigned long</c> has 4 bytes, as Windows compilers have it, or 8.</param>
    public readonly bool TryGetNumber(out ulong number, bool windows)
    {
        double real = BitConverter.UInt64BitsToDouble(Bits);
        bool valid = ValueType switch
        {
            // The negation of a comparison is true for NaN. 2^64 is exact; every double below it fits.
            NvmlValueType.Double => real >= 0 && real < 18446744073709551616.0,
            NvmlValueType.SignedLongLong => (long)Bits >= 0,
            NvmlValueType.SignedInt => (int)Bits >= 0,
            NvmlValueType.UnsignedInt or NvmlValueType.UnsignedLong => true,
            NvmlValueType.UnsignedLongLong or NvmlValueType.UnsignedShort => true,
            _ => false,
        };
        number = !valid ? 0 : ValueType switch
        {
            NvmlValueType.Double => (ulong)real,
            NvmlValueType.UnsignedLong when windows => (uint)Bits,
            NvmlValueType.UnsignedInt or NvmlValueType.SignedInt => (uint)Bits,
            NvmlValueType.UnsignedShort => (ushort)Bits,
            _ => Bits,
        };
        return valid;
    }
}
