using System.Security.Cryptography;

namespace GreenAI.Metering;

/// <summary>Verifies the files of a log, and hands the sound records on.</summary>
internal static class AuditVerifier
{
    /// <summary>Takes a sound record with its line, without the line end.</summary>
    public delegate void Taker(in AuditLine record, ReadOnlySpan<byte> line);

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static AuditVerification Verify(string folder, AuditHead? expected, Taker? taker, CancellationToken cancellationToken)
    {
        // The anchor first: what is written meanwhile is behind it.
        AuditHead? anchor = AuditAnchor.Read(folder, out string? problem);
        List<AuditHead> heads = [];
        if (anchor is { } known) heads.Add(known);
        if (expected is { } kept && kept.Sequence > 0) heads.Add(kept);
        AuditChain chain = new(heads, isWhole: true);
        List<(int Number, string Name)> files = AuditFolder.Files(folder);
        if (anchor is null && (files.Count > 0 || File.Exists(Path.Combine(folder, AuditFolder.HeadName))))
            chain.Problems.Add(new(AuditProblemKind.ForeignHead, AuditFolder.HeadName, 0, 0, problem!));
        else if (anchor is null)
            chain.Problems.Add(Missing(folder));
        foreach ((_, string name) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chain.BeginFile(name);
            try
            {
                using FileStream stream = AuditFolder.OpenToRead(Path.Combine(folder, name));
                Read(stream, chain, taker, cancellationToken);
            }
            catch (Exception exception) when (AuditFolder.IsOfFiles(exception))
            {
                chain.AddUnreadable($"The file cannot be read: {exception.Message}");
            }
        }

        CheckTorn(folder, chain);
        return chain.End();
    }

    private static AuditProblem Missing(string folder) => AuditFolder.IsBegun(folder)
        ? new(AuditProblemKind.Missing, AuditFolder.LockName, 0, 0, "The log was begun, and there is neither a file nor an anchor: all of it was removed.")
        : new(AuditProblemKind.Missing, "", 0, 0, "There is no audit log: the folder holds no record.");

    /// <summary>Reads one file into a chain.</summary>
    /// <returns>How many bytes its lines have.</returns>
    public static long Read(Stream stream, AuditChain chain, Taker? taker, CancellationToken cancellationToken)
    {
        AuditLineReader reader = new(stream);
        while (true)
        {
            switch (reader.Next(out ReadOnlySpan<byte> line))
            {
                case AuditLineReader.Piece.Line:
                    if (chain.Add(line) is { } record) taker?.Invoke(record, line);
                    break;
                case AuditLineReader.Piece.TooLong:
                    chain.AddTooLong();
                    break;
                case AuditLineReader.Piece.Unfinished:
                    chain.AddUnfinished();
                    return reader.WholeBytes;
                default:
                    return reader.WholeBytes;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void CheckTorn(string folder, AuditChain chain)
    {
        foreach ((string file, string? hash, string of, long line, long sequence) in chain.Torn)
        {
            // A name with a path in it is none that the log gave.
            string? problem = Path.GetFileName(file) != file ? "The torn end that the record speaks of has no proper name."
                : Hash(Path.Combine(folder, file)) is not { } found ? $"The torn end {file} is missing, or cannot be read."
                : found != hash ? $"The torn end {file} is not what was found."
                : null;
            if (problem is not null) chain.Problems.Add(new(AuditProblemKind.Altered, of, line, sequence, problem));
        }
    }

    private static string? Hash(string path)
    {
        try
        {
            using FileStream stream = AuditFolder.OpenToRead(path);
            return AuditFormat.Hex(SHA256.HashData(stream));
        }
        catch (Exception exception) when (AuditFolder.IsOfFiles(exception))
        {
            return null;
        }
    }
}
