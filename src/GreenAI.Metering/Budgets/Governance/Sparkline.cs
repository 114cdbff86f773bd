namespace GreenAI.Metering;

/// <summary>A burn-down in a line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const int MostLetters = 24;

    /// <summary>What was left, from nothing to the limit; what is overspent is told by the figures beside it. Empty without points.</summary>
    public static string Of(IReadOnlyList<BurnDownPoint> points, double limit)
    {
        if (points.Count == 0 || !(limit > 0)) return "";
        int letters = Math.Min(points.Count, MostLetters);
        Span<char> line = stackalloc char[letters];
        for (int i = 0; i < letters; i++)
        {
            // Spread evenly, the first and the last one always.
            int index = letters == 1 ? 0 : (int)((long)i * (points.Count - 1) / (letters - 1));
            double share = points[index].Remaining / limit;
            line[i] = double.IsNaN(share) ? '·' : Levels[(int)Math.Round(Math.Clamp(share, 0, 1) * (Levels.Length - 1))];
        }

        return line.ToString();
    }
}
