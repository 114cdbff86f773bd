using System.Globalization;
using System.IO.Compression;

namespace GreenAI.Metering.Samples;

/// <summary>
/// Reads the digits: 65 whole numbers a row, 64 pixels from 0 to 16 and the digit. Nothing else is let through.
/// </summary>
internal static class DigitsCsv
{
    private const int EmbeddedRows = 1797;
    private const int MaxRows = 100_000;
    private const int MaxPixel = 16;
    private const int Columns = DigitSet.PixelsPerRow + 1;
    private const int MaxShownLength = 20;

    /// <summary>The 1,797 rows that travel with the sample.</summary>
    public static DigitSet LoadEmbedded()
    {
        using Stream resource = typeof(DigitsCsv).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new DigitsFormatException("The resource digits.csv.gz is missing from the program.");
        using GZipStream unzipped = new(resource, CompressionMode.Decompress);
        using StreamReader reader = new(unzipped);
        DigitSet digits = Read(reader);

        // A cut-off gzip stream can end without an error: only the count tells.
        return digits.Count == EmbeddedRows
            ? digits
            : throw new DigitsFormatException(Invariant($"digits.csv.gz: expected {EmbeddedRows} rows, found {digits.Count}."));
    }

    /// <exception cref="DigitsFormatException">
    /// A row is malformed; the message names the row, the column and what is wrong.
    /// </exception>
    public static DigitSet Read(TextReader reader)
    {
        List<float> pixels = [];
        List<int> labels = [];
        while (reader.ReadLine() is { } line)
        {
            int row = labels.Count + 1;
            if (row > MaxRows) throw new DigitsFormatException(Invariant($"Row {row}: more than {MaxRows} rows."));
            ReadRow(line, row, pixels, labels);
        }

        return labels.Count > 0
            ? new DigitSet([.. pixels], [.. labels])
            : throw new DigitsFormatException("The digits file has no rows.");
    }

    private static void ReadRow(string line, int row, List<float> pixels, List<int> labels)
    {
        int column = 0;
        foreach (Range field in line.AsSpan().Split(','))
        {
            column++;
            if (column > Columns) break;
            bool isLabel = column == Columns;
            int value = ReadField(line.AsSpan(field), row, column, isLabel ? DigitSet.Classes - 1 : MaxPixel);
            if (isLabel) labels.Add(value);
            else pixels.Add(value / (float)MaxPixel);
        }

        if (column > Columns) throw new DigitsFormatException(Invariant($"Row {row}: more than {Columns} columns."));
        if (column == Columns) return;
        throw new DigitsFormatException(Invariant($"Row {row}: expected {Columns} columns, found {column}."));
    }

    private static int ReadField(ReadOnlySpan<char> text, int row, int column, int max)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= max) return value;
        string shown = text.Length <= MaxShownLength ? text.ToString() : $"{text[..MaxShownLength]}…";
        throw new DigitsFormatException(
            Invariant($"Row {row}, column {column}: expected a whole number from 0 to {max}, found '{shown}'."));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
