using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>A text of Markdown (GitHub's) whose cells and lines may hold anything: names are written by others.</summary>
/// <remarks>
/// What could be structure inside a line is written as a character reference, which never is (CommonMark 0.31, 2.5). A backslash would not do:
/// in a table <c>\\|</c> is a backslash and a border. No line begins with what is not the library's own.
/// </remarks>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string text) => _text.Append('#', level).Append(' ').Append(Escape(text)).Append("\n\n");

    public void Paragraph(string text) => _text.Append(Escape(text)).Append("\n\n");

    /// <summary>A table; a column whose title begins with &gt; is aligned to the right. A row may hold null for an empty cell.</summary>
    public void Table(string[] titles, IEnumerable<string?[]> rows)
    {
        Row(titles.Select(title => title.TrimStart('>')));
        _text.Append('|');
        foreach (string title in titles) _text.Append(title.StartsWith('>') ? " ---: |" : " --- |");
        _text.Append('\n');
        foreach (string?[] row in rows) Row(row);
        _text.Append('\n');
    }

    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    /// <summary>A text on one line, with nothing in it that Markdown or HTML would take for its own.</summary>
    internal static string Escape(string text)
    {
        StringBuilder safe = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            // "//" makes a bare address a link, and so does "www."
            if (letter is '\\' or '`' or '|' or '<' or '>' or '&' or '[' or ']' or '~' or '$' or '@' or '*' || (letter == ':' && Next(text, i) == '/')
                || (letter == '.' && i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase))
                || (letter == '_' && !(i > 0 && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(Next(text, i)))))
                safe.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
            else if (IsInvisible(letter)) safe.Append(' ');
            else safe.Append(letter);
        }

        return safe.ToString().Trim();
    }

    private void Row(IEnumerable<string?> cells)
    {
        _text.Append('|');
        foreach (string? cell in cells) _text.Append(' ').Append(Escape(cell ?? "")).Append(" |");
        _text.Append('\n');
    }

    private static char Next(string text, int index) => index + 1 < text.Length ? text[index + 1] : '\0';

    // Controls, line ends of all kinds, and what turns the direction of the text that follows.
    private static bool IsInvisible(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
