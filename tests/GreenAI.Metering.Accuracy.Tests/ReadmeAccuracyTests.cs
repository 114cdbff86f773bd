using System.Globalization;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.Accuracy.Tests;

/// <summary>The accuracy table of the README against the laboratory as it is.</summary>
public sealed partial class ReadmeAccuracyTests
{
    // Points. The table is rounded to 0.1, and processors of other vector width add in another order, which a mix that cannot be
    // told apart makes visible.
    private const double Tolerance = 0.5;
    private const double WeakTolerance = 2;

    // One of nine (model, seed) pairs.
    private const double CoveredTolerance = 12;

    [Fact]
    public void Table_IsWhatTheLaboratorySays_AllRowsInOrder()
    {
        using StringWriter output = new();
        Assert.Equal(0, AccuracyCommand.Run(["--markdown"], output, TextWriter.Null));
        string[][] said = Rows(output.ToString());
        string[][] written = Rows(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")));
        Assert.Equal(said.Select(row => (row[0], row[1])), written.Select(row => (row[0], row[1])));
        foreach ((string[] live, string[] row) in said.Zip(written))
        {
            double tolerance = row[1] is "weak" or "unidentifiable" ? WeakTolerance : Tolerance;
            Assert.Equal(Mean(live[2]), Mean(row[2]), tolerance);
            Assert.Equal(Mean(live[3]), Mean(row[3]), tolerance);
            Assert.Equal(Mean(live[4]), Mean(row[4]), tolerance);
            Assert.Equal(Mean(live[6]), Mean(row[5]), CoveredTolerance);
            Assert.Equal(Mean(live[7]), Mean(row[6]), WeakTolerance);
        }
    }

    private static string[][] Rows(string text) =>
        [.. Row().Matches(text).Select(match => match.Value.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length >= 7)];

    private static double Mean(string cell) => cell == "-" ? double.NaN : double.Parse(cell.Split(' ')[0], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|.*\| *(identifiable-linear|turbo-wakeup|saturated|unidentifiable|weak) *\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
