using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>How values and what is asked of them are told to people.</summary>
internal static class SchemaWords
{
    private const int Longest = 60;

    /// <summary>A value as it stands in the text, cut to what a message can hold; JSON text holds no control characters in strings.</summary>
    public static string Shown(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return "an object";
            case JsonValueKind.Array:
                return "a list";
            default:
                return Cut(value.GetRawText());
        }
    }

    /// <summary>What a message can hold of a text.</summary>
    public static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    public static string Wanted(SchemaNode node)
    {
        string wanted = node switch
        {
            { Words.Count: 1 } => $"it must be \"{node.Words[0]}\"",
            { Words: { } words } => $"it must be one of {string.Join(", ", words)}",
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

    private static string Range(SchemaNode node)
    {
        string from = double.IsFinite(node.Minimum) ? $" from {Text(node.Minimum)}" : "";
        return double.IsFinite(node.Maximum) ? $"{from} to {Text(node.Maximum)}" : from.Length > 0 ? from + " up" : "";
    }

    // The largest whole number is not a double.
    private static string Text(double value) =>
        value >= long.MaxValue ? long.MaxValue.ToString(CultureInfo.InvariantCulture) : value.ToString("0.#", CultureInfo.InvariantCulture);
}
