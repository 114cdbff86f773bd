namespace GreenAI.Metering.Tests;

/// <summary>A table of the README, found by its header.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of each row below the header.</summary>
    public static IReadOnlyList<string[]> Rows(string text, params string[] header)
    {
        string[][] lines = [.. text.Split('\n').Select(Cells)];
        int start = Array.FindIndex(lines, cells => cells.SequenceEqual(header));
        Assert.True(start >= 0, $"There is no table | {string.Join(" | ", header)} |.");
        return [.. lines.Skip(start + 2).TakeWhile(cells => cells.Length == header.Length)];
    }

    /// <summary>The words in backquotes of a cell.</summary>
    public static IReadOnlyList<string> Codes(string cell) => [.. cell.Split('`').Where((_, i) => i % 2 == 1)];

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())] : [];
}
