using System.Buffers.Binary;

namespace GreenAI.Metering;

/// <summary>Reads a trace block by block: nothing of a block is believed before its checksum was right.</summary>
internal sealed class TraceReader
{
    private readonly Stream _stream;
    private byte[] _block = new byte[TraceFormat.BlockSize];
    private int _position;
    private int _length;
    private long _offset;
    private uint _index;

    /// <summary>Begins at the preamble.</summary>
    /// <exception cref="TraceFormatException">It is not one of this version.</exception>
    public TraceReader(Stream stream)
    {
        _stream = stream;
        Span<byte> preamble = _block.AsSpan(0, TraceFormat.PreambleSize);
        int read = _stream.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false);
        if (!preamble[..Math.Min(read, 8)].SequenceEqual(TraceFormat.Magic[..Math.Min(read, 8)]))
            throw new TraceFormatException(0, "It is no trace of GreenAI.Metering: it does not begin with GAITRACE.");
        if (read < preamble.Length) throw new TraceFormatException(read, "The trace ends within its first 12 bytes.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(preamble[8..]);
        if (version != TraceFormat.Version)
            throw new TraceFormatException(8, $"It is a trace of version {version}; this library reads version {TraceFormat.Version}.");
        _offset = TraceFormat.PreambleSize;
    }

    /// <summary>The kind of the block being read.</summary>
    public byte Kind { get; private set; }

    /// <summary>Whether the block has been read to its end.</summary>
    public bool IsAtEnd => _position == _length;

    public ReadOnlySpan<byte> Rest => _block.AsSpan(_position, _length - _position);

    /// <summary>Goes to the next block.</summary>
    /// <exception cref="TraceFormatException">There is none, or it is damaged.</exception>
    public void NextBlock()
    {
        _offset += _length;
        _position = _length = 0;
        int read = _stream.ReadAtLeast(_block.AsSpan(0, TraceFormat.BlockHeaderSize), TraceFormat.BlockHeaderSize, throwOnEndOfStream: false);
        if (read == 0) throw Fail("The trace ends here without its end: it was cut, or its meter was not disposed.");
        if (read < TraceFormat.BlockHeaderSize) throw Fail($"The trace is cut: {read} of the {TraceFormat.BlockHeaderSize} bytes of a block's header are left.");
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(_block);
        uint index = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(4));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(8));
        int length = (int)(head & 0xFF_FFFF);
        Kind = (byte)(head >> 24);
        int limit = Kind == TraceFormat.HeaderBlock ? TraceFormat.MaxHeaderSize : TraceFormat.BlockSize - TraceFormat.BlockHeaderSize;
        if (Kind is not (TraceFormat.HeaderBlock or TraceFormat.EventBlock or TraceFormat.EndBlock))
            throw Fail($"The trace is damaged: there is no block of the kind {Kind}.");
        if (length > limit) throw Fail($"The trace is damaged: a block of {length} bytes where at most {limit} are allowed.");
        if (index != _index) throw Fail($"The trace is damaged: block {index} stands where block {_index} should.");
        Take(length);
        if (TraceFormat.Checksum(_block.AsSpan(0, _length)) != checksum) throw Fail("The trace is damaged: the checksum of the block is wrong.");
        _position = TraceFormat.BlockHeaderSize;
        _index++;
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void CheckNothingFollows()
    {
        if (!IsAtEnd) throw Fail("The end of the trace is longer than it should be.");
        if (_stream.Read(_block, 0, 1) > 0) throw Fail("Something follows the end of the trace.");
    }

    public byte Byte()
    {
        if (_position == _length) throw Fail("An event is longer than its block.");
        return _block[_position++];
    }

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Fail("A number is longer than 64 bits.");
    }

    public long Signed()
    {
        ulong value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number below a limit.</summary>
    public int Number(int below, string what)
    {
        ulong value = Number();
        return value < (ulong)below ? (int)value : throw Fail($"{what} is {value}; it must be below {below}.");
    }

    /// <summary>A time as its distance from another: back from it, or forward.</summary>
    public long Time(long from, bool forward = false)
    {
        long distance = Signed();
        long time = unchecked(forward ? from + distance : from - distance);
        return time is >= -TraceFormat.MaxTime and <= TraceFormat.MaxTime ? time : throw Fail("A time is beyond what a clock can show.");
    }

    public int Fixed32() => BinaryPrimitives.ReadInt32LittleEndian(Fixed(sizeof(int)));

    public long Fixed64() => BinaryPrimitives.ReadInt64LittleEndian(Fixed(sizeof(long)));

    public string Text(int most)
    {
        int length = Number(most + 1, "The length of a name");
        Span<char> text = stackalloc char[length];
        foreach (ref char c in text) c = (char)Number(char.MaxValue + 1, "A character");
        return text.ToString();
    }

    /// <summary>Refuses the trace where it is being read.</summary>
    public TraceFormatException Fail(string reason, Exception? inner = null) => new(_offset + _position, reason, inner);

    private ReadOnlySpan<byte> Fixed(int size)
    {
        if (_length - _position < size) throw Fail("An event is longer than its block.");
        _position += size;
        return _block.AsSpan(_position - size, size);
    }

    private void Take(int payload)
    {
        int length = TraceFormat.BlockHeaderSize + payload;
        if (length > _block.Length) Array.Resize(ref _block, length);
        Span<byte> rest = _block.AsSpan(TraceFormat.BlockHeaderSize, payload);
        int read = _stream.ReadAtLeast(rest, payload, throwOnEndOfStream: false);
        if (read < payload) throw Fail($"The trace is cut: {read} of the {payload} bytes of a block are left.");
        _length = length;
    }
}
