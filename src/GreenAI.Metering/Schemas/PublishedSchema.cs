using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>A JSON Schema that is in the assembly, and by which documents are also read: it cannot promise what a reader does not hold.</summary>
/// <remarks>
/// Of JSON Schema only what the files use is understood; anything else in one is an error, which every test that reads a document finds.
/// One rule is stricter than the standard's: a whole number is written without a fraction or an exponent.
/// </remarks>
/// <param name="resource">The resource's name.</param>
/// <param name="patterns">The patterns of the schema as code: an engine for them would be larger than all the rest.</param>
internal sealed class PublishedSchema(string resource, IReadOnlyDictionary<string, SchemaPattern> patterns)
{
    private static readonly HashSet<string> _known =
    [
        "$schema", "$id", "$defs", "title", "description", "default", "examples",
        "type", "enum", "const", "minimum", "exclusiveMinimum", "maximum", "format", "pattern", "maxLength",
        "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "anyOf", "$ref",
    ];

    private readonly Lazy<string> _text = new(() => Load(resource));
    private SchemaNode? _root;

    public string Text => _text.Value;

    public SchemaNode Root => _root ??= Compile();

    private static string Load(string resource)
    {
        using Stream stream = typeof(PublishedSchema).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private SchemaNode Compile()
    {
        using JsonDocument schema = JsonDocument.Parse(Text);
        return Node(schema.RootElement, schema.RootElement, allowsNull: false);
    }

    private SchemaNode Node(JsonElement schema, JsonElement root, bool allowsNull)
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
        bool excludes = schema.TryGetProperty("exclusiveMinimum", out JsonElement above);
        return new()
        {
            Type = (nullable ? type[0] : type).GetString()!,
            AllowsNull = allowsNull || nullable,
            Words = schema.TryGetProperty("enum", out JsonElement words) ? Strings(words)
                : schema.TryGetProperty("const", out JsonElement word) ? [word.GetString()!] : null,
            Minimum = excludes ? above.GetDouble() : schema.TryGetProperty("minimum", out JsonElement minimum) ? minimum.GetDouble() : double.NegativeInfinity,
            Maximum = schema.TryGetProperty("maximum", out JsonElement maximum) ? maximum.GetDouble() : double.PositiveInfinity,
            IsMinimumExcluded = excludes,
            IsTime = Has(schema, "format", "date-time"),
            IsDate = Has(schema, "format", "date"),
            Pattern = schema.TryGetProperty("pattern", out JsonElement pattern) ? patterns[pattern.GetString()!] : null,
            MaxLength = Count(schema, "maxLength", int.MaxValue),
            MinItems = Count(schema, "minItems", 0),
            MaxItems = Count(schema, "maxItems", int.MaxValue),
            HasUniqueItems = schema.TryGetProperty("uniqueItems", out _),
            IsClosed = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False,
            Properties = schema.TryGetProperty("properties", out JsonElement properties)
                ? properties.EnumerateObject().ToDictionary(part => part.Name, part => Node(part.Value, root, false), StringComparer.Ordinal)
                : [],
            Required = schema.TryGetProperty("required", out JsonElement required) ? Strings(required) : [],
            Items = schema.TryGetProperty("items", out JsonElement items) ? Node(items, root, false) : null,
        };
    }

    private static bool Has(JsonElement schema, string keyword, string value) => schema.TryGetProperty(keyword, out JsonElement there) && there.ValueEquals(value);

    private static int Count(JsonElement schema, string keyword, int otherwise) =>
        schema.TryGetProperty(keyword, out JsonElement there) ? there.GetInt32() : otherwise;

    private static JsonElement Definition(JsonElement root, string reference) =>
        root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsNull(JsonElement schema) => schema.GetProperty("type").ValueEquals("null");

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
