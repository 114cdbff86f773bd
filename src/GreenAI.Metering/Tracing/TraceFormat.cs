using System.Buffers.Binary;
using System.Numerics;

namespace GreenAI.Metering;

/// <summary>The bytes of a trace: magic, version, then blocks. All numbers are little-endian.</summary>
/// <remarks>
/// A block is its kind and length (8 + 24 bits), its index, a CRC-32C over these and the payload, and the payload. The first
/// block is the header (JSON), the last one is the end; between them are events, none of which crosses a block's border.
/// Nothing is compressed: a trace makes its reader hold one block, whatever it says.
/// </remarks>
internal static class TraceFormat
{
    public const int Version = 1;
    public const int PreambleSize = 12;
    public const int BlockHeaderSize = 12;

    /// <summary>Of a block of events, its own header included.</summary>
    public const int BlockSize = 1 << 16;

    /// <summary>Of the header's JSON: 64 devices with the longest remarks need a fraction of it.</summary>
    public const int MaxHeaderSize = 1 << 20;

    /// <summary>No event is longer: a model's name of 256 characters is the longest.</summary>
    public const int MaxEventSize = 1024;

    /// <summary>Differences of two times are sums within 63 bits.</summary>
    public const long MaxTime = 1L << 61;

    public const byte HeaderBlock = 1;
    public const byte EventBlock = 2;
    public const byte EndBlock = 3;

    public static ReadOnlySpan<byte> Magic => "GAITRACE"u8;

    public static void WritePreamble(Span<byte> target)
    {
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Version);
    }

    /// <summary>Fills in the header in front of a payload.</summary>
    public static void Seal(Span<byte> block, byte kind, uint index)
    {
        uint length = (uint)(block.Length - BlockHeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(block, ((uint)kind << 24) | length);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], Checksum(block));
    }

    /// <summary>The checksum of a block: of all but the checksum itself.</summary>
    public static uint Checksum(ReadOnlySpan<byte> block) =>
        ~Crc32C(Crc32C(uint.MaxValue, block[..8]), block[BlockHeaderSize..]);

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
