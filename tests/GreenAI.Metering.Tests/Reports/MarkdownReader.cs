using System.Net;

namespace GreenAI.Metering.Tests;

/// <summary>Reads tables back out of Markdown, as far as a table's borders go.</summary>
internal static class MarkdownReader
{
    /// <summary>The cells of each row of each table, character references resolved.</summary>
    public static List<string[]> Rows(string markdown) =>
    [
        .. markdown.Split('\n').Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => WebUtility.HtmlDecode(cell.Trim())).ToArray()),
    ];
}
