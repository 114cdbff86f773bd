using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering.Benchmarks;

/// <summary>An object of a scenario file, read key by key; an unknown key, a missing one and a bad value are errors that say what is allowed.</summary>
internal sealed class JsonSection(string file, string path, JsonElement element)
{
    private readonly List<string> _known = [];

    /// <summary>Whether the file has that key.</summary>
    public bool Has(string key) => TryGet(key, out _);

    public double Number(string key, double least, double most, double? otherwise = null)
    {
        string allowed = string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        if (!TryGet(key, out JsonElement value)) return otherwise ?? throw Missing(key, allowed);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw Bad(key, value, allowed);
    }

    public int Whole(string key, int least, int most, int? otherwise = null)
    {
        double number = Number(key, least, most, otherwise);
        return number == Math.Floor(number)
            ? (int)number
            : throw Problem(key, string.Create(CultureInfo.InvariantCulture, $"is {number}; allowed: a whole number from {least} to {most}"));
    }

    public bool Flag(string key, bool otherwise)
    {
        if (!TryGet(key, out JsonElement value)) return otherwise;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Bad(key, value, "true or false");
    }

    public string Text(string key)
    {
        if (!TryGet(key, out JsonElement value)) throw Missing(key, "a text");
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 256 } text
            ? text
            : throw Bad(key, value, "a text of 1 to 256 characters");
    }

    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices, string? otherwise = null)
    {
        string allowed = string.Join(", ", choices.Keys);
        string name = otherwise is null || Has(key) ? Text(key) : otherwise;
        return choices.TryGetValue(name, out T? value) ? value : throw Problem(key, $"is \"{name}\"; allowed: {allowed}");
    }

    /// <summary>An object within this one; an empty one when the key is left out.</summary>
    public JsonSection Section(string key)
    {
        if (!TryGet(key, out JsonElement value)) return new JsonSection(file, Path(key), default);
        return value.ValueKind == JsonValueKind.Object ? new JsonSection(file, Path(key), value) : throw Bad(key, value, "an object");
    }

    /// <summary>The objects of a list; none when the key is left out.</summary>
    public IReadOnlyList<JsonSection> List(string key) =>
        [.. Elements(key, JsonValueKind.Object, "a list of objects").Select((item, i) => new JsonSection(file, $"{Path(key)}[{i}]", item))];

    public IReadOnlyList<string> Texts(string key) =>
        [.. Elements(key, JsonValueKind.String, "a list of texts").Select(static item => item.GetString()!)];

    public IReadOnlyList<double> Numbers(string key) =>
        [.. Elements(key, JsonValueKind.Number, "a list of numbers").Select(static item => item.GetDouble())];

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void End()
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name)) throw Problem(property.Name, $"is unknown; allowed: {string.Join(", ", _known)}");
        }
    }

    /// <summary>An error about a key.</summary>
    public ScenarioFileException Problem(string key, string problem) => new(file, $"{Path(key)} {problem}.");

    private List<JsonElement> Elements(string key, JsonValueKind kind, string allowed)
    {
        if (!TryGet(key, out JsonElement value)) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Bad(key, value, allowed);
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != kind) throw Bad(key, item, allowed);
        }

        return [.. value.EnumerateArray()];
    }

    private bool TryGet(string key, out JsonElement value)
    {
        value = default;
        if (!_known.Contains(key)) _known.Add(key);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out value);
    }

    private ScenarioFileException Missing(string key, string allowed) => Problem(key, $"is missing; allowed: {allowed}");

    private ScenarioFileException Bad(string key, JsonElement value, string allowed)
    {
        string raw = value.GetRawText();
        return Problem(key, $"is {(raw.Length > 60 ? raw[..60] + "…" : raw)}; allowed: {allowed}");
    }

    private string Path(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
