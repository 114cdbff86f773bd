using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>Rows of comma-separated values (RFC 4180): CRLF, quotes where needed, numbers of the invariant culture.</summary>
/// <remarks>
/// A text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a line end, or the full-width likes of the
/// first four) gets an apostrophe in front. Numbers are written as they are.
/// </remarks>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();
    private bool _inRow;

    public CsvText(params ReadOnlySpan<string> titles)
    {
        foreach (string title in titles) Text(title);
        EndRow();
    }

    public CsvText Text(string? value)
    {
        Separate();
        string text = value is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? $"'{value}" : value ?? "";
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) _text.Append(text);
        else _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }

    public CsvText Number(double? value)
    {
        Separate();
        _text.Append(value?.ToString("R", CultureInfo.InvariantCulture));
        return this;
    }

    public CsvText Whole(long? value)
    {
        Separate();
        _text.Append(value?.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public void EndRow()
    {
        _text.Append("\r\n");
        _inRow = false;
    }

    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (_inRow) _text.Append(',');
        _inRow = true;
    }
}
