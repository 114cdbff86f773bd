namespace GreenAI.Metering;

/// <summary>Reads the tables this package ships: comments, one header, rows separated by semicolons, a last line with their number.</summary>
/// <remarks>
/// Strict, because a table read in part is worse than none: a blank line in a list of processors once turned a public table's row
/// into the mean of all others. The last line (<c>end;203</c>) makes a lost row or a cut file an error as well.
/// </remarks>
internal static class TableText
{
    private const char Separator = ';';
    private const string End = "end";

    /// <summary>All rows of a table.</summary>
    /// <exception cref="FormatException">The text is not whole or not of this form; the message names the table and the line.</exception>
    public static List<TableRow> Read(string table, string text, string header)
    {
        string[] columns = header.Split(Separator);
        string[] lines = text.Split('\n');
        int line = 0;
        while (line < lines.Length && lines[line].StartsWith('#')) line++;
        if (line == lines.Length || Line(lines, line) != header) throw Error(table, line, $"expected the header '{header}'");

        var rows = new List<TableRow>();
        for (line++; line < lines.Length; line++)
        {
            string[] fields = Line(lines, line).Split(Separator);
            if (fields[0] == End)
            {
                Close(table, lines, line, fields, rows.Count);
                return rows;
            }

            rows.Add(Row(table, line, columns, fields));
        }

        throw Error(table, lines.Length, $"expected a last line with the number of rows, '{End}{Separator}{rows.Count}'");
    }

    /// <summary>A complaint that names the table and the line; lines count from 0 here and from 1 for people.</summary>
    public static FormatException Error(string table, int line, string what) => new($"{table}, line {line + 1}: {what}.");

    private static TableRow Row(string table, int line, string[] columns, string[] fields)
    {
        if (fields.All(string.IsNullOrWhiteSpace)) throw Error(table, line, "a blank row");
        if (fields.Length != columns.Length) throw Error(table, line, $"{fields.Length} columns instead of {columns.Length}");
        return new TableRow(table, line, columns, fields);
    }

    private static void Close(string table, string[] lines, int line, string[] fields, int rows)
    {
        if (fields.Length != 2 || !TableRow.TryWhole(fields[1], out int stated)) throw Error(table, line, "the number of rows is missing");
        if (stated != rows) throw Error(table, line, $"{rows} rows instead of {stated}");
        if (lines.Length > line + 2 || (lines.Length == line + 2 && lines[^1].Length > 0))
        {
            throw Error(table, line + 1, "text after the last line");
        }
    }

    // A checkout with Windows line ends is the same table.
    private static string Line(string[] lines, int line) =>
        line < lines.Length - 1 && lines[line].EndsWith('\r') ? lines[line][..^1] : lines[line];
}
