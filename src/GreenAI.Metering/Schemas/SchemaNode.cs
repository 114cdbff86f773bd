using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What a place in a document may hold: a piece of a published schema, made ready for checking.</summary>
internal sealed class SchemaNode
{
    /// <summary>The type in the schema's words: <c>object</c>, <c>array</c>, <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>.</summary>
    public required string Type { get; init; }

    public bool AllowsNull { get; init; }

    public IReadOnlyList<string>? Words { get; init; }

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether a number must be above the minimum rather than at least that.</summary>
    public bool IsMinimumExcluded { get; init; }

    public bool IsTime { get; init; }

    public bool IsDate { get; init; }

    public SchemaPattern? Pattern { get; init; }

    /// <summary>The most characters of a string, counted as Unicode does.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Whether no two strings of a list may be the same.</summary>
    public bool HasUniqueItems { get; init; }

    /// <summary>Whether properties that the schema does not name are refused rather than passed over.</summary>
    public bool IsClosed { get; init; }

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();

    public IReadOnlyList<string> Required { get; init; } = [];

    public SchemaNode? Items { get; init; }

    /// <summary>Adds what is wrong with a value; its place is told from the value on.</summary>
    public void Check(JsonElement value, SchemaProblems problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null when AllowsNull:
            case JsonValueKind.True or JsonValueKind.False when Type == "boolean":
                return;
            case JsonValueKind.Object when Type == "object":
                CheckObject(value, problems);
                return;
            case JsonValueKind.Array when Type == "array":
                CheckArray(value, problems);
                return;
            case JsonValueKind.String when Type == "string" && FitsString(value):
            case JsonValueKind.Number when Type is "number" or "integer" && FitsNumber(value):
                return;
            default:
                problems.Add("", $"It is {SchemaWords.Shown(value)}; {SchemaWords.Wanted(this)}.");
                return;
        }
    }

    private void CheckObject(JsonElement value, SchemaProblems problems)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (problems.IsFull) return;
            if (!Properties.TryGetValue(property.Name, out SchemaNode? node))
            {
                if (IsClosed) problems.Add(SchemaWords.Part(property.Name), $"It is not known; here can be {string.Join(", ", Properties.Keys)}.");
            }
            else if (!seen.Add(property.Name)) problems.Add(SchemaWords.Part(property.Name), "It is there twice.", isRepeated: true);
            else Check(node, property.Value, property.Name, problems);
        }

        foreach (string name in Required)
        {
            if (!seen.Contains(name)) problems.Add(SchemaWords.Part(name), $"It is missing; {SchemaWords.Wanted(Properties[name])}.");
        }
    }

    private static void Check(SchemaNode node, JsonElement value, string name, SchemaProblems problems)
    {
        int before = problems.Count;
        node.Check(value, problems);
        if (problems.Count > before) problems.Under(before, SchemaWords.Part(name));
    }

    private void CheckArray(JsonElement value, SchemaProblems problems)
    {
        int count = value.GetArrayLength();
        if (count < MinItems || count > MaxItems)
        {
            string allowed = count < MinItems ? $"at least {MinItems}" : $"at most {MaxItems}";
            problems.Add("", string.Create(CultureInfo.InvariantCulture, $"It has {count} entries; it must have {allowed}."));
            return;
        }

        HashSet<string>? seen = HasUniqueItems ? new(StringComparer.Ordinal) : null;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (problems.IsFull) return;
            int before = problems.Count;
            Items!.Check(item, problems);
            if (seen is not null && item.ValueKind == JsonValueKind.String && !seen.Add(item.GetString()!)) problems.Add("", $"{SchemaWords.Shown(item)} is there twice.");
            if (problems.Count > before) problems.Under(before, SchemaWords.Part(index));
            index++;
        }
    }

    private bool FitsString(JsonElement value)
    {
        string text = value.GetString()!;
        if (Words is not null) return Words.Contains(text, StringComparer.Ordinal);
        // RFC 3339: a time without an offset is another one in every place.
        if (IsTime) return value.TryGetDateTimeOffset(out _) && SchemaWords.HasOffset(text);
        if (IsDate) return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return (text.Length <= MaxLength || text.EnumerateRunes().Count() <= MaxLength) && Pattern?.Fits(text) != false;
    }

    private bool FitsNumber(JsonElement value)
    {
        bool fits = value.TryGetDouble(out double number) && double.IsFinite(number) && number >= Minimum && number <= Maximum;
        if (IsMinimumExcluded) fits &= number > Minimum;
        if (Type == "integer") fits &= value.TryGetInt64(out _);
        return fits;
    }
}
