namespace GreenAI.Metering;

/// <summary>Takes apart a list of paths as Windows gives it: each ends with a NUL, the list with one more.</summary>
internal static class EmiPaths
{
    /// <summary>A list longer than this is not taken.</summary>
    public const int MaxCharacters = 1 << 20;

    // One interface for each processor package or module is usual.
    private const int MaxPaths = 64;

    public static IReadOnlyList<string> Split(ReadOnlySpan<char> list)
    {
        List<string> paths = [];
        while (paths.Count < MaxPaths && list.IndexOf('\0') is > 0 and int end)
        {
            paths.Add(list[..end].ToString());
            list = list[(end + 1)..];
        }

        return paths;
    }
}
