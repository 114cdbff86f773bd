using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What a place in a report may hold: a piece of the published schema, made ready for checking.</summary>
internal sealed class SchemaNode
{
    /// <summary>The type in the schema's words: <c>object</c>, <c>array</c>, <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>.</summary>
    public required string Type { get; init; }

    public bool AllowsNull { get; init; }

    public IReadOnlyList<string>? Words { get; init; }

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    public bool IsTime { get; init; }

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();

    public IReadOnlyList<string> Required { get; init; } = [];

    public SchemaNode? Items { get; init; }

    /// <summary>The first thing that is wrong with a value; null when nothing is.</summary>
    public ReportProblem? Check(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null when AllowsNull => null,
        JsonValueKind.Object when Type == "object" => CheckObject(value),
        JsonValueKind.Array when Type == "array" => CheckArray(value),
        JsonValueKind.String when Type == "string" => CheckString(value),
        JsonValueKind.Number when Type is "number" or "integer" => CheckNumber(value),
        JsonValueKind.True or JsonValueKind.False when Type == "boolean" => null,
        _ => new("", $"It is {SchemaWords.Shown(value)}; {SchemaWords.Wanted(this)}."),
    };

    private ReportProblem? CheckObject(JsonElement value)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!Properties.TryGetValue(property.Name, out SchemaNode? node)) continue;
            if (!seen.Add(property.Name)) return new($".{property.Name}", "It is there twice.");
            if (node.Check(property.Value) is { } problem) return problem.Under($".{property.Name}");
        }

        return Required.FirstOrDefault(name => !seen.Contains(name)) is { } missing
            ? new($".{missing}", $"It is missing; {SchemaWords.Wanted(Properties[missing])}.")
            : null;
    }

    private ReportProblem? CheckArray(JsonElement value)
    {
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (Items!.Check(item) is { } problem) return problem.Under(FormattableString.Invariant($"[{index}]"));
            index++;
        }

        return null;
    }

    private ReportProblem? CheckString(JsonElement value)
    {
        string text = value.GetString()!;
        bool fits = Words is not null ? Words.Contains(text, StringComparer.Ordinal) : !IsTime || value.TryGetDateTimeOffset(out _);
        return fits ? null : new("", $"It is {SchemaWords.Shown(value)}; {SchemaWords.Wanted(this)}.");
    }

    private ReportProblem? CheckNumber(JsonElement value)
    {
        bool fits = value.TryGetDouble(out double number) && double.IsFinite(number) && number >= Minimum && number <= Maximum;
        if (Type == "integer") fits &= value.TryGetInt64(out _);
        return fits ? null : new("", $"It is {SchemaWords.Shown(value)}; {SchemaWords.Wanted(this)}.");
    }
}
