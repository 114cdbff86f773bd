namespace GreenAI.Metering.Fuzz;

/// <summary>Reads tables as spreadsheets (RFC 4180) and readers of Markdown do.</summary>
internal static class WebTable
{
    /// <summary>Whether all rows of a CSV have as many fields as the first.</summary>
    public static bool HasColumns(string csv)
    {
        int columns = 0, fields = 1;
        bool isQuoted = false;
        foreach (char character in csv)
        {
            if (character == '"') isQuoted = !isQuoted;
            if (isQuoted) continue;
            if (character == ',') fields++;
            if (character != '\n') continue;
            if (columns != 0 && fields != columns) return false;
            (columns, fields) = (fields, 1);
        }

        return !isQuoted && columns > 1;
    }

    /// <summary>Whether all rows of each table of a Markdown text have as many cells as its first.</summary>
    public static bool HasRows(string markdown)
    {
        int columns = 0;
        foreach (string line in markdown.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                columns = 0;
                continue;
            }

            // One within a cell is written as a character reference.
            int bars = line.Count(static character => character == '|');
            if (!line.EndsWith('|') || (columns != 0 && bars != columns)) return false;
            columns = bars;
        }

        return true;
    }
}
