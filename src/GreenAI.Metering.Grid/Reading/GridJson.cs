using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads members of an answer by the type they must have.</summary>
internal static class GridJson
{
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 16 };

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses a body.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) =>
        JsonDocument.Parse(body.Span.StartsWith(Mark) ? body[Mark.Length..] : body, _options);

    /// <summary>A member that must be there; it may be null.</summary>
    public static JsonElement Member(JsonElement parent, string name) =>
        Optional(parent, name) ?? throw new GridFormatException($"'{name}' is missing");

    public static JsonElement.ArrayEnumerator Rows(JsonElement element, string name) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw Wrong(name, element, "a list");

    public static string Text(JsonElement parent, string name)
    {
        JsonElement element = Member(parent, name);
        return element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(name, element, "a text");
    }

    /// <summary>A number, or null where the source has none.</summary>
    public static double? Number(JsonElement parent, string name)
    {
        if (Optional(parent, name) is not { ValueKind: not JsonValueKind.Null } element) return null;
        // A text, "NaN" too, is not a number; what no double holds is infinite and refused as an intensity.
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) ? value : throw Wrong(name, element, "a number or null");
    }

    public static bool Flag(JsonElement parent, string name) => Optional(parent, name)?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new GridFormatException($"'{name}' is neither true nor false"),
    };

    public static DateTimeOffset Time(JsonElement parent, string name)
    {
        string text = Text(parent, name);
        return GridText.TryReadTime(text, out DateTimeOffset time)
            ? time
            : throw new GridFormatException($"'{name}' is {GridText.Quote(text)}, which is not a time");
    }

    /// <summary>A text that must be what was asked for.</summary>
    public static void Echo(JsonElement parent, string name, string asked)
    {
        string text = Text(parent, name);
        if (!text.Equals(asked, StringComparison.OrdinalIgnoreCase))
            throw new GridFormatException($"'{name}' is {GridText.Quote(text)} where {GridText.Quote(asked)} was asked for");
    }

    public static JsonElement? Optional(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object) throw new GridFormatException($"there is {Word(parent)} where an object with '{name}' was expected");
        return parent.TryGetProperty(name, out JsonElement element) ? element : null;
    }

    private static GridFormatException Wrong(string name, JsonElement element, string expected) => new($"'{name}' is {Word(element)} and not {expected}");

    private static string Word(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
