namespace GreenAI.Metering;

/// <summary>What somebody may have meant by a name that is not there.</summary>
internal static class Nearest
{
    private const int Suggestions = 3;

    // Longer than any name in a table. What comes from a configuration is shown, so it is kept short.
    private const int LongestShown = 48;

    /// <summary>The closest labels, best first, separated by commas.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="known">What there is: how to show it, and a name it goes by. A label may come with several names.</param>
    public static string To(string wanted, IEnumerable<(string Label, string Name)> known)
    {
        string asked = Shown(wanted).ToLowerInvariant();
        return string.Join(", ", known
            .Select(candidate => (candidate.Label, Distance: Distance(asked, candidate.Name.ToLowerInvariant())))
            .GroupBy(candidate => candidate.Label, candidate => candidate.Distance)
            .OrderBy(group => group.Min()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(Suggestions)
            .Select(group => group.Key));
    }

    /// <summary>A text as a message may show it.</summary>
    public static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    // A name that begins with what was asked, or has it inside, is nearer than one that is spelt alike.
    private static int Distance(string asked, string name) => asked == name ? -3
        : asked.Length > 1 && name.StartsWith(asked, StringComparison.Ordinal) ? -2
        : asked.Length > 2 && name.Contains(asked, StringComparison.Ordinal) ? -1
        : Edits(asked, name);

    // Levenshtein, one row at a time.
    private static int Edits(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
