using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>The sidecar file that names the last record, so that what is missing at the end is missed.</summary>
internal static class AuditAnchor
{
    private const int MostBytes = 256;

    public static string Text(AuditHead head) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"seq":{{head.Sequence}},"hash":"{{head.Hash}}"}""") + "\n";

    /// <summary>Replaces the anchor: a reader finds the old one or the new one.</summary>
    public static void Write(string folder, AuditHead head, bool toDisk)
    {
        string path = Path.Combine(folder, AuditFolder.HeadName), next = path + ".tmp";
        using (FileStream stream = AuditFolder.OpenToWrite(next, FileMode.Create, FileShare.None))
        {
            stream.Write(Encoding.ASCII.GetBytes(Text(head)));
            stream.Flush(toDisk);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>The anchor; null with what is wrong when it is missing, cannot be read, or is not byte for byte what is written.</summary>
    public static AuditHead? Read(string folder, out string? problem)
    {
        problem = null;
        string path = Path.Combine(folder, AuditFolder.HeadName);
        byte[] bytes = new byte[MostBytes];
        int length = 0;
        try
        {
            using FileStream stream = AuditFolder.OpenToRead(path);
            int read;
            while (length < MostBytes && (read = stream.Read(bytes, length, MostBytes - length)) > 0) length += read;
        }
        catch (FileNotFoundException)
        {
            problem = "The anchor is missing.";
            return null;
        }
        catch (Exception exception) when (AuditFolder.IsOfFiles(exception))
        {
            problem = $"The anchor cannot be read: {exception.Message}";
            return null;
        }

        if (Parse(bytes.AsSpan(0, length)) is { } head) return head;
        problem = "The anchor is not what the log writes.";
        return null;
    }

    public static AuditHead? Parse(ReadOnlySpan<byte> bytes)
    {
        const int Before = 7, Between = 9, After = 3;
        int digits = bytes.Length - Before - Between - AuditFormat.HashLength - After;
        if (digits is < 1 or > 19) return null;
        string text = Encoding.Latin1.GetString(bytes);
        if (!long.TryParse(text.AsSpan(Before, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) || sequence < 1) return null;
        AuditHead head = new(sequence, text.Substring(Before + digits + Between, AuditFormat.HashLength));
        return AuditFormat.IsHash(head.Hash) && Text(head) == text ? head : null;
    }
}
