namespace GreenAI.Metering.Fuzz;

/// <summary>Makes an input out of a corpus, in a buffer of its own: a real one changed in a few places, or bytes by chance.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] _troubles =
    [
        "\0"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), " "u8.ToArray(), "\t"u8.ToArray(), "-"u8.ToArray(), "+"u8.ToArray(),
        "0"u8.ToArray(), "9223372036854775807"u8.ToArray(), "9223372036854775808"u8.ToArray(), "18446744073709551615"u8.ToArray(),
        "18446744073709551616"u8.ToArray(), "99999999999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "1e309"u8.ToArray(),
        "0x7fffffff"u8.ToArray(), "NaN"u8.ToArray(), "٣"u8.ToArray(), "é"u8.ToArray(), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80],
        "\u2028"u8.ToArray(), "../"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "%s%n"u8.ToArray(),
    ];

    private readonly int _most = Math.Max(256, corpus.Max(input => input.Length) * 2);
    private readonly byte[] _buffer = new byte[Math.Max(256, corpus.Max(input => input.Length) * 2) + 256];
    private int _length;

    public ReadOnlySpan<byte> Make(ref FuzzRandom random)
    {
        if (random.Below(10) == 0)
        {
            ByChance(ref random);
        }
        else
        {
            byte[] seed = corpus[random.Below(corpus.Count)];
            seed.CopyTo(_buffer, 0);
            _length = seed.Length;
            for (int changes = 1 + random.Below(4); changes > 0; changes--) Change(ref random);
        }

        return _buffer.AsSpan(0, _length);
    }

    private void ByChance(ref FuzzRandom random)
    {
        _length = random.Below(random.Below(8) == 0 ? _most : 40);
        for (int i = 0; i < _length; i++) _buffer[i] = (byte)random.Next();
    }

    private void Change(ref FuzzRandom random)
    {
        int at = random.Below(_length + 1);
        switch (random.Below(9))
        {
            case 0 when at < _length:
                _buffer[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1 when at < _length:
                _buffer[at] = (byte)random.Next();
                break;
            case 2:
                _length = at;
                break;
            case 3:
                Remove(at, random.Below(16));
                break;
            case 4:
                Insert(at, _troubles[random.Below(_troubles.Length)]);
                break;
            case 5:
                // A piece of another input, or of this one again.
                byte[] other = corpus[random.Below(corpus.Count)];
                int from = random.Below(other.Length + 1);
                Insert(at, other.AsSpan(from, Math.Min(random.Below(64), other.Length - from)));
                break;
            case 6:
                Digits(at, ref random);
                break;
            case 7 when at < _length:
                _buffer.AsSpan(at, Math.Min(random.Below(32), _length - at)).Fill((byte)random.Next());
                break;
            default:
                Insert(at, [(byte)random.Next()]);
                break;
        }
    }

    private void Digits(int at, ref FuzzRandom random)
    {
        Span<byte> digits = stackalloc byte[1 + random.Below(24)];
        foreach (ref byte digit in digits) digit = (byte)('0' + random.Below(10));
        Insert(at, digits);
    }

    private void Remove(int at, int count)
    {
        count = Math.Min(count, _length - at);
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _most) return;
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(at));
        _length += bytes.Length;
    }
}
