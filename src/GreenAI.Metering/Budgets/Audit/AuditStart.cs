namespace GreenAI.Metering;

/// <summary>Looks at a folder before it is written: where the chain goes on, and whether what is there is what was written.</summary>
internal readonly struct AuditStart
{
    /// <summary>The record to go on after.</summary>
    public AuditHead Head { get; private init; }

    /// <summary>The number of the file to begin.</summary>
    public int Number { get; private init; }

    /// <summary>For its first record.</summary>
    public AuditOpening Opening { get; private init; }

    /// <summary>Repairs a torn end, and verifies the last file and the anchor. All files are verified by <see cref="AuditLog.VerifyAsync"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isBegun">Whether there was a first record with an anchor already.</param>
    public static AuditStart Of(string folder, bool isBegun)
    {
        List<(int Number, string Name)> files = AuditFolder.Files(folder);
        (string File, string Hash, long Bytes)? torn = null;
        while (files.Count > 0)
        {
            torn = AuditTail.MoveAside(folder, files[^1].Name) ?? torn;
            string path = Path.Combine(folder, files[^1].Name);
            if (new FileInfo(path).Length > 0) break;
            // It was begun and its first record not written: as if it had not been begun.
            File.Delete(path);
            files.RemoveAt(files.Count - 1);
        }

        AuditHead? anchor = AuditAnchor.Read(folder, out string? problem);
        bool isAnchorThere = File.Exists(Path.Combine(folder, AuditFolder.HeadName));
        AuditHead head = default;
        string? found = null;
        if (files.Count == 0)
        {
            if (isAnchorThere) found = anchor is null ? problem : "The anchor names a record, and there is no file.";
            else if (isBegun) found = "The log was begun, and there is neither a file nor an anchor.";
        }
        else
        {
            AuditVerification last = VerifyLast(folder, files, anchor);
            head = last.Head;
            // A break that the file tells of was told of by it.
            if (last.Problems.FirstOrDefault(wrong => wrong.Kind != AuditProblemKind.Break) is { } first) found = first.ToString();
            // Before the very first anchor there is one record at the most, and the log is not yet called begun.
            else if (anchor is null && (isAnchorThere || isBegun || head.Sequence > 1)) found = problem;
        }

        if (anchor is { } ahead && ahead.Sequence > head.Sequence) head = ahead;
        return new()
        {
            Head = head,
            Number = files.Count == 0 ? 1 : files[^1].Number + 1,
            Opening = new()
            {
                PreviousFile = files.Count == 0 ? null : files[^1].Name,
                Break = found,
                TornFile = torn?.File,
                TornHash = torn?.Hash,
                TornBytes = torn?.Bytes ?? 0,
            },
        };
    }

    private static AuditVerification VerifyLast(string folder, List<(int Number, string Name)> files, AuditHead? anchor)
    {
        AuditChain chain = new(anchor is { } known ? [known] : [], isWhole: files.Count == 1);
        if (files.Count > 1) chain.BeginFile(files[^2].Name);
        chain.BeginFile(files[^1].Name);
        using FileStream stream = AuditFolder.OpenToRead(Path.Combine(folder, files[^1].Name));
        AuditVerifier.Read(stream, chain, null, CancellationToken.None);
        return chain.End();
    }
}
