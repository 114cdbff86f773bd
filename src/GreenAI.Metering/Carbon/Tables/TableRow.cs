using System.Globalization;

namespace GreenAI.Metering;

/// <summary>One row of a shipped table. What is not there or not in its band is an error that names table, line and column.</summary>
internal readonly struct TableRow(string table, int line, string[] columns, string[] fields)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    /// <summary>A text that must be there.</summary>
    public string Text(int column)
    {
        string text = fields[column];
        if (text.Length == 0) throw Error(column, "nothing there");
        return text == text.Trim() && !text.Any(char.IsControl) ? text : throw Error(column, $"'{text}' has white space around it or control characters");
    }

    /// <summary>A text of capital letters A to Z.</summary>
    public string Code(int column, int length)
    {
        string text = Text(column);
        return text.Length == length && text.All(char.IsAsciiLetterUpper)
            ? text
            : throw Error(column, $"'{text}' is not {length} capital letters");
    }

    /// <summary>A number inside a band.</summary>
    public double Number(int column, double lowest, double highest)
    {
        string text = Text(column);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number >= lowest && number <= highest
            ? number
            : throw Error(column, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {lowest} to {highest}"));
    }

    /// <summary>A number inside a band, or nothing.</summary>
    public double? OptionalNumber(int column, double lowest, double highest) =>
        IsEmpty(column) ? null : Number(column, lowest, highest);

    /// <summary>Whether a field is left empty.</summary>
    public bool IsEmpty(int column) => fields[column].Length == 0;

    /// <summary>A year of this century.</summary>
    public int Year(int column)
    {
        string text = Text(column);
        return TryWhole(text, out int year) && year is >= FirstYear and <= LastYear
            ? year
            : throw Error(column, $"'{text}' is not a year from {FirstYear} to {LastYear}");
    }

    /// <summary>Adds a key that no row before may have.</summary>
    public void AddUnique<T>(Dictionary<string, T> keys, int column, T value)
    {
        if (!keys.TryAdd(Text(column), value)) throw Error(column, $"'{Text(column)}' is there twice");
    }

    /// <summary>A complaint about one column.</summary>
    public FormatException Error(int column, string what) => TableText.Error(table, line, $"{columns[column]}: {what}");

    internal static bool TryWhole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
