using System.Security.Cryptography;
using System.Text;

namespace GreenAI.Metering;

/// <summary>The form of an audit log's lines.</summary>
/// <remarks>
/// A line is one JSON object. Its last property is the hash: SHA-256 over the 64 digits of the hash before and all bytes of the line before
/// <c>,"hash":"</c>. So every byte of a line but the line end is either under the hash or fixed.
/// </remarks>
internal static class AuditFormat
{
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";
    public const int HashLength = 64;

    /// <summary>No line is longer; texts in records are cut so that none needs to be.</summary>
    public const int MaxLineBytes = 1 << 16;

    /// <summary>The kinds of the log's own records: the first one of a file, and one that only says that events were lost.</summary>
    public const string FileKind = "file";
    public const string LossKind = "loss";

    private const int TailLength = 9 + HashLength + 2;

    private static ReadOnlySpan<byte> HashMark => ",\"hash\":\""u8;

    public static void WriteTail(Span<byte> tail, string hash)
    {
        HashMark.CopyTo(tail);
        Encoding.ASCII.GetBytes(hash, tail[9..]);
        "\"}\n"u8.CopyTo(tail[(9 + HashLength)..]);
    }

    /// <summary>With the line end.</summary>
    public static int TailBytes => TailLength + 1;

    public static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> body, out string hash)
    {
        body = default;
        hash = "";
        if (line.Length <= TailLength) return false;
        ReadOnlySpan<byte> tail = line[^TailLength..], digits = tail.Slice(9, HashLength);
        if (!tail.StartsWith(HashMark) || !tail.EndsWith("\"}"u8) || !IsHash(digits)) return false;
        body = line[..^TailLength];
        hash = Encoding.ASCII.GetString(digits);
        return true;
    }

    public static bool IsHash(ReadOnlySpan<byte> digits) =>
        digits.Length == HashLength && digits.IndexOfAnyExcept("0123456789abcdef"u8) < 0;

    public static bool IsHash(string? digits) => digits?.Length == HashLength && digits.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;

    public static string Hash(string previous, ReadOnlySpan<byte> body)
    {
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digits = stackalloc byte[HashLength];
        Encoding.ASCII.GetBytes(previous, digits);
        sha.AppendData(digits);
        sha.AppendData(body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(hash);
        return Hex(hash);
    }

    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte value in bytes) text.Append("0123456789abcdef"[value >> 4]).Append("0123456789abcdef"[value & 15]);
        return text.ToString();
    }
}
