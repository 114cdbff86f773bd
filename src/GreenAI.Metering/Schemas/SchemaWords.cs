using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GreenAI.Metering;

/// <summary>How values and what is asked of them are told to people.</summary>
internal static class SchemaWords
{
    private const int Longest = 60;

    private static readonly JavaScriptEncoder _letters = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>A value as it stands in the text, cut to what a message can hold.</summary>
    public static string Shown(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return "an object";
            case JsonValueKind.Array:
                return "a list";
            default:
                string raw = value.GetRawText();
                // JSON lets DEL and the control characters after it stand in a string as they are; a message does not.
                return raw.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029') ? Quoted(value.GetString()!) : Cut(raw);
        }
    }

    /// <summary>What a message can hold of a text.</summary>
    public static string Cut(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    /// <summary>A property as a part of a JSON path; one whose name is no word is quoted, and cut where it is long.</summary>
    public static string Part(string name) => IsWord(name) ? "." + name : $"[{Quoted(name)}]";

    /// <summary>An item of a list as a part of a JSON path.</summary>
    public static string Part(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>A text in quotation marks, as JSON writes it, cut to what a message can hold.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(Cut(text), _letters)}\"";

    /// <summary>Whether a time says how far its place is from UTC.</summary>
    public static bool HasOffset(string time) => time.EndsWith('Z') || (time.Length > 6 && time[^6] is '+' or '-' && time[^3] == ':');

    public static string Wanted(SchemaNode node)
    {
        string wanted = node switch
        {
            { Words.Count: 1 } => $"it must be \"{node.Words[0]}\"",
            { Words: { } words } => $"it must be one of {string.Join(", ", words)}",
            { Pattern: { } pattern } => pattern.Wanted + Length(node),
            { IsDate: true } => "it must be a day like 2026-01-31",
            { IsTime: true } => "it must be a time like 2026-01-31T12:00:00Z",
            { Type: "integer" } => $"it must be a whole number{Range(node)}",
            { Type: "number" } => $"it must be a number{Range(node)}",
            { Type: "array" } => "it must be a list",
            { Type: "boolean" } => "it must be true or false",
            { Type: "object" } => "it must be an object",
            _ => "it must be a string",
        };
        return node.AllowsNull ? wanted + ", or null" : wanted;
    }

    private static bool IsWord(string name)
    {
        if (name.Length is 0 or > Longest) return false;
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('$' or '_' or '-')) return false;
        }

        return true;
    }

    private static string Length(SchemaNode node) =>
        node.MaxLength == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" of at most {node.MaxLength} characters");

    private static string Range(SchemaNode node)
    {
        if (node.IsMinimumExcluded) return double.IsFinite(node.Maximum) ? $" above {Text(node.Minimum)} and up to {Text(node.Maximum)}" : $" above {Text(node.Minimum)}";
        string from = double.IsFinite(node.Minimum) ? $" from {Text(node.Minimum)}" : "";
        return double.IsFinite(node.Maximum) ? $"{from} to {Text(node.Maximum)}" : from.Length > 0 ? from + " up" : "";
    }

    // The largest whole number is not a double.
    private static string Text(double value) =>
        value >= long.MaxValue ? long.MaxValue.ToString(CultureInfo.InvariantCulture) : value.ToString("0.######", CultureInfo.InvariantCulture);
}
