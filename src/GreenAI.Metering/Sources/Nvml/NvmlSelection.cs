namespace GreenAI.Metering;

/// <summary>Which boards are metered, by UUID, and what a person should know about the choice.</summary>
internal sealed class NvmlSelection
{
    private const string IndexNote =
        "CUDA_VISIBLE_DEVICES holds indices in CUDA's order, which is not NVML's, so it was not used to select boards.";

    private readonly HashSet<string>? _uuids;

    private NvmlSelection(HashSet<string>? uuids, string? note = null, string? remedy = null) =>
        (_uuids, Note, Remedy) = (uuids, note, remedy);

    /// <summary>What the finding says about the selection; null when there is nothing to say.</summary>
    public string? Note { get; }

    /// <summary>What a person can do about <see cref="Note"/>.</summary>
    public string? Remedy { get; }

    public bool Includes(string uuid) => _uuids is null || _uuids.Contains(uuid);

    /// <summary>Decides from the options; the list of UUIDs goes before <c>CUDA_VISIBLE_DEVICES</c>.</summary>
    public static NvmlSelection Decide(NvmlOptions options, NvmlLibrary library, IReadOnlyList<NvmlBoard> boards)
    {
        if (options.Uuids is { } uuids) return Match(uuids, library, boards);
        if (options.CudaVisibleDevices is not { } variable) return new NvmlSelection(uuids: null);

        List<string> entries = [];
        foreach (string entry in variable.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IsIndex(entry))
            {
                return new NvmlSelection(uuids: null, IndexNote, "List GPU UUIDs in it (nvidia-smi -L prints them).");
            }

            // CUDA sees nothing from the first entry on that is not valid: an empty value or -1 hides every board.
            if (!IsUuid(entry)) break;
            entries.Add(entry);
        }

        return entries.Count > 0
            ? Match(entries, library, boards)
            : new NvmlSelection([], "CUDA_VISIBLE_DEVICES hides every GPU from this process.");
    }

    private static NvmlSelection Match(IReadOnlyList<string> entries, NvmlLibrary library, IReadOnlyList<NvmlBoard> boards)
    {
        HashSet<string> selected = [];
        List<string> unmatched = [];
        foreach (string entry in entries)
        {
            string? uuid = FindBoard(entry, library, boards);
            if (uuid is not null) selected.Add(uuid);
            else unmatched.Add(NvmlText.FromUser(entry));
        }

        return unmatched.Count == 0
            ? new NvmlSelection(selected)
            : new NvmlSelection(
                selected,
                $"No single board fits {string.Join(", ", unmatched.Take(4))}{(unmatched.Count > 4 ? " and others" : "")}.",
                "Select the board of a MIG instance by the UUID of the board (nvidia-smi -L prints it).");
    }

    private static string? FindBoard(string entry, NvmlLibrary library, IReadOnlyList<NvmlBoard> boards)
    {
        // Drivers before 470 named an instance MIG-GPU-<uuid>/<gpu instance>/<compute instance>: the board is in the name.
        if (entry.StartsWith("MIG-GPU-", StringComparison.OrdinalIgnoreCase))
        {
            int slash = entry.IndexOf('/', StringComparison.Ordinal);
            entry = slash < 0 ? entry[4..] : entry[4..slash];
        }
        else if (entry.StartsWith("MIG-", StringComparison.OrdinalIgnoreCase))
        {
            if (library.GetParentOfMigInstance(entry, out nint parent) != NvmlReturn.Success) return null;
            if (library.GetUuid(parent, out entry) != NvmlReturn.Success) return null;
        }

        if (!entry.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase)) return null;
        string? found = null;
        foreach (NvmlBoard board in boards)
        {
            if (!board.Uuid.StartsWith(entry, StringComparison.OrdinalIgnoreCase)) continue;
            if (found is not null) return null;
            found = board.Uuid;
        }

        return found;
    }

    private static bool IsIndex(string entry) => entry.Length > 0 && !entry.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool IsUuid(string entry) =>
        entry.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) ||
        entry.StartsWith("MIG-", StringComparison.OrdinalIgnoreCase);
}
