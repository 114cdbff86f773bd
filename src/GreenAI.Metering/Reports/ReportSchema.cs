using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The published JSON Schema of reports, by which they are also read: it cannot promise what the reader does not hold.</summary>
/// <remarks>
/// Of JSON Schema only what the file uses is understood; anything else in it is an error, which every test that reads a report finds.
/// One rule is stricter than the standard's: a whole number is written without a fraction or an exponent.
/// </remarks>
internal static class ReportSchema
{
    private const string Resource = "GreenAI.Metering.efficiency-report.schema.json";

    // "pattern" is the version's, which is checked before all else and answered with what to do.
    private static readonly HashSet<string> _known =
    [
        "$schema", "$id", "$defs", "title", "description", "pattern",
        "type", "enum", "const", "minimum", "maximum", "format", "properties", "required", "items", "anyOf", "$ref",
    ];

    private static readonly Lazy<string> _text = new(Load);
    private static readonly Lazy<SchemaNode> _root = new(Compile);

    public static string Text => _text.Value;

    /// <summary>The first thing that is wrong with a report; null when it holds to the schema.</summary>
    public static ReportProblem? Check(JsonElement report) => _root.Value.Check(report)?.Under("$");

    private static string Load()
    {
        using Stream stream = typeof(ReportSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static SchemaNode Compile()
    {
        using JsonDocument schema = JsonDocument.Parse(Text);
        return Node(schema.RootElement, schema.RootElement, allowsNull: false);
    }

    private static SchemaNode Node(JsonElement schema, JsonElement root, bool allowsNull)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!_known.Contains(keyword.Name)) throw new InvalidOperationException($"The schema says '{keyword.Name}', which is not checked.");
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference)) return Node(Definition(root, reference.GetString()!), root, allowsNull);
        // Either something or nothing: the one use of anyOf.
        if (schema.TryGetProperty("anyOf", out JsonElement either)) return Node(either[0], root, IsNull(either[1]));
        JsonElement type = schema.GetProperty("type");
        bool nullable = type.ValueKind == JsonValueKind.Array;
        return new()
        {
            Type = (nullable ? type[0] : type).GetString()!,
            AllowsNull = allowsNull || nullable,
            Words = schema.TryGetProperty("enum", out JsonElement words) ? Strings(words)
                : schema.TryGetProperty("const", out JsonElement word) ? [word.GetString()!] : null,
            Minimum = schema.TryGetProperty("minimum", out JsonElement minimum) ? minimum.GetDouble() : double.NegativeInfinity,
            Maximum = schema.TryGetProperty("maximum", out JsonElement maximum) ? maximum.GetDouble() : double.PositiveInfinity,
            IsTime = schema.TryGetProperty("format", out JsonElement format) && format.ValueEquals("date-time"),
            Properties = schema.TryGetProperty("properties", out JsonElement properties)
                ? properties.EnumerateObject().ToDictionary(part => part.Name, part => Node(part.Value, root, false), StringComparer.Ordinal)
                : [],
            Required = schema.TryGetProperty("required", out JsonElement required) ? Strings(required) : [],
            Items = schema.TryGetProperty("items", out JsonElement items) ? Node(items, root, false) : null,
        };
    }

    private static JsonElement Definition(JsonElement root, string reference) =>
        root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsNull(JsonElement schema) => schema.GetProperty("type").ValueEquals("null");

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
