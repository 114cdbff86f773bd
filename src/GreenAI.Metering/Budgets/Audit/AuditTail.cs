using System.Globalization;
using System.Security.Cryptography;

namespace GreenAI.Metering;

/// <summary>Cuts off what a crash left of a last line, and keeps it in a file of its own.</summary>
internal static class AuditTail
{
    private const int PieceSize = 1 << 16;

    /// <summary>The length of a file up to its last line end.</summary>
    public static long WholeLength(Stream stream)
    {
        byte[] piece = new byte[PieceSize];
        for (long end = stream.Length; end > 0;)
        {
            int length = (int)Math.Min(piece.Length, end);
            stream.Position = end - length;
            stream.ReadExactly(piece, 0, length);
            int last = piece.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (last >= 0) return end - length + last + 1;
            end -= length;
        }

        return 0;
    }

    /// <summary>Moves what is behind the last line end into a new file.</summary>
    /// <returns>The file's name, its SHA-256 and its length; null when the last line is whole.</returns>
    public static (string File, string Hash, long Bytes)? MoveAside(string folder, string name)
    {
        using FileStream stream = AuditFolder.OpenToWrite(Path.Combine(folder, name), FileMode.Open, FileShare.Read);
        long whole = WholeLength(stream), torn = stream.Length - whole;
        if (torn == 0) return null;
        string aside = FreeName(folder, Path.GetFileNameWithoutExtension(name));
        string hash;
        stream.Position = whole;
        using (FileStream kept = AuditFolder.OpenToWrite(Path.Combine(folder, aside), FileMode.CreateNew, FileShare.Read))
        {
            stream.CopyTo(kept);
            kept.Flush(flushToDisk: true);
            kept.Position = 0;
            hash = AuditFormat.Hex(SHA256.HashData(kept));
        }

        // Only now: a crash before leaves it where it was.
        stream.SetLength(whole);
        stream.Flush(flushToDisk: true);
        return (aside, hash, torn);
    }

    private static string FreeName(string folder, string stem)
    {
        string name = $"{stem}.torn";
        for (int i = 2; File.Exists(Path.Combine(folder, name)); i++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}.torn");
        return name;
    }
}
