using System.Buffers.Binary;

namespace GreenAI.Metering;

/// <summary>The bytes of one block being recorded, with room in front for its header. One thread at a time has it.</summary>
internal sealed class TraceSegment
{
    private readonly byte[] _bytes = new byte[TraceFormat.BlockSize];
    private int _length = TraceFormat.BlockHeaderSize;

    public int Free => _bytes.Length - _length;

    public bool IsEmpty => _length == TraceFormat.BlockHeaderSize;

    /// <summary>The block so far, header included.</summary>
    public Span<byte> Block => _bytes.AsSpan(0, _length);

    public byte[] Bytes => _bytes;

    public int Length => _length;

    public void Clear() => _length = TraceFormat.BlockHeaderSize;

    public void Byte(byte value) => _bytes[_length++] = value;

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    /// <summary>A number of either sign: small ones of both signs are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(int);
    }

    public void Fixed64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(long);
    }

    /// <summary>A text by its UTF-16 code units, so that it comes back as it is whatever is in it.</summary>
    public void Text(string text)
    {
        Number((ulong)text.Length);
        foreach (char c in text) Number(c);
    }
}
