namespace GreenAI.Metering;

/// <summary>Splits a file into lines of bounded length, whatever is in it.</summary>
internal sealed class AuditLineReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[AuditFormat.MaxLineBytes + 1];
    private int _start;
    private int _end;

    /// <summary>What there is next.</summary>
    public enum Piece
    {
        /// <summary>A line, without its line end.</summary>
        Line,

        /// <summary>A line that is longer than any record; it was passed over.</summary>
        TooLong,

        /// <summary>Bytes after the last line end.</summary>
        Unfinished,

        /// <summary>Nothing.</summary>
        End,
    }

    /// <summary>How many bytes the lines so far have, with their line ends.</summary>
    public long WholeBytes { get; private set; }

    /// <param name="line">Valid until the next call; empty for a line that is too long.</param>
    public Piece Next(out ReadOnlySpan<byte> line)
    {
        bool tooLong = false;
        long passed = 0;
        line = default;
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                if (!tooLong) line = _buffer.AsSpan(_start, length);
                WholeBytes += passed + length + 1;
                _start += length + 1;
                return tooLong ? Piece.TooLong : Piece.Line;
            }

            if (_end - _start == _buffer.Length)
            {
                tooLong = true;
                passed += _end - _start;
                _start = _end = 0;
            }

            if (Fill()) continue;
            bool isEnd = passed == 0 && _start == _end;
            _start = _end;
            return isEnd ? Piece.End : Piece.Unfinished;
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
