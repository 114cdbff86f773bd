using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>Reads comma-separated values as RFC 4180 has them, and nothing looser.</summary>
internal static class CsvReader
{
    public static List<string[]> Read(string csv)
    {
        List<string[]> rows = [];
        List<string> row = [];
        for (int at = 0; at < csv.Length;)
        {
            row.Add(Field(csv, ref at));
            if (csv[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", csv.Substring(at, 2));
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }

        Assert.Empty(row);
        return rows;
    }

    private static string Field(string csv, ref int at)
    {
        StringBuilder field = new();
        if (csv[at] != '"')
        {
            for (; csv[at] is not (',' or '\r'); at++)
            {
                Assert.False(csv[at] is '"' or '\n', "A quote or a line end in a field without quotes.");
                field.Append(csv[at]);
            }

            return field.ToString();
        }

        for (at++; ; at++)
        {
            if (csv[at] != '"') field.Append(csv[at]);
            else if (csv[++at] == '"') field.Append('"');
            else return field.ToString();
        }
    }
}
