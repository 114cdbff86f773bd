namespace GreenAI.Metering;

/// <summary>Which member of the union a field value is in (<c>nvmlValueType_t</c>).</summary>
internal enum NvmlValueType
{
    Double = 0,
    UnsignedInt = 1,

    /// <summary>4 bytes on Windows, 8 elsewhere.</summary>
    UnsignedLong = 2,

    UnsignedLongLong = 3,
    SignedLongLong = 4,
    SignedInt = 5,
    UnsignedShort = 6,
}
