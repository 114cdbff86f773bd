using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.Tests;

/// <summary>The published schema says what is read and written, and nothing else.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonElement _schema = JsonDocument.Parse(BudgetPolicy.JsonSchema).RootElement;

    private static JsonElement Definitions => _schema.GetProperty("$defs");

    [Fact]
    public void Schema_EveryObject_IsClosedAndEveryPlaceIsDescribed()
    {
        int objects = 0;
        foreach (JsonElement schema in All(_schema))
        {
            if (!schema.TryGetProperty("type", out JsonElement type)) continue;
            Assert.EndsWith(".", schema.GetProperty("description").GetString(), StringComparison.Ordinal);
            if (!type.ValueEquals("object")) continue;
            objects++;
            Assert.Equal(JsonValueKind.False, schema.GetProperty("additionalProperties").ValueKind);
        }

        Assert.True(objects > 12);
        Assert.Equal(BudgetPolicy.SchemaId, _schema.GetProperty("$id").GetString());
        foreach (JsonProperty definition in Definitions.EnumerateObject())
            Assert.Contains($"\"#/$defs/{definition.Name}\"", BudgetPolicy.JsonSchema, StringComparison.Ordinal);
    }

    /// <summary>What is written of a policy that says everything names every property of the schema and no other; what is written is read.</summary>
    [Fact]
    public void Schema_AgainstTheWriter_EachPropertyIsWritten()
    {
        HashSet<string> written = [];
        // A calendar and a rolling window, a bound on both sides and a baseline: between them they say all there is to say.
        BudgetPolicy policy = BudgetPolicy.FromJson(PolicySamples.Changed("\"max\": 1.0", "\"max\": 1.0, \"min\": 0")
            .Replace("\"reason\": \"migration\"", "\"reason\": \"migration\", \"from\": \"2026-12-01T00:00:00Z\"", StringComparison.Ordinal)
            .Replace("\"tenant\": \"*\"", "\"tenant\": \"*\", \"service\": \"s\", \"host\": \"h\"", StringComparison.Ordinal));
        Collect(JsonDocument.Parse(policy.ToJson()).RootElement, _schema, "", written);
        HashSet<string> listed = [];
        List(_schema, "", listed);
        Assert.Equal(listed.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_Words_AreThoseOfTheReader()
    {
        Same(PolicyWords.Kinds.Words, Enum("budget", "kind"));
        Same(PolicyWords.Bases.Words, Enum("budget", "basis"));
        Same(PolicyWords.Windows.Words, Enum("window", "type"));
        Same(PolicyWords.Units.Words, Enum("window", "unit"));
        Same(PolicyWords.Measures.Words, Enum("step", "on"));
        Same(PolicyWords.Tiers.Words, Enum("step", "minTier"));
        Same(PolicyWords.Outages.Words, Enum("budget", "onLedgerDown"));
        Same(PolicyWords.Kpis.Words, Enum("kpi", "kpi"));
        Same(PolicyUnit.Names, Enum("amount", "unit"));
        Assert.Equal(System.Enum.GetValues<BudgetKind>().Length, PolicyWords.Kinds.Words.Count());
        Assert.Equal(System.Enum.GetValues<CalendarUnit>().Length, PolicyWords.Units.Words.Count());
        Assert.Equal(System.Enum.GetValues<CarbonMethod>().Length, PolicyWords.Bases.Words.Count());
        Assert.Equal(System.Enum.GetValues<LedgerOutage>().Length, PolicyWords.Outages.Words.Count());

        static void Same(IEnumerable<string> reader, IEnumerable<string> schema) => Assert.Equal(reader.Order(StringComparer.Ordinal), schema.Order(StringComparer.Ordinal));
    }

    /// <summary>The patterns are code in the reader: both say the same of texts that hold to them and of texts that nearly do.</summary>
    [Fact]
    public void Schema_Patterns_SayWhatTheReaderSays()
    {
        string line = Pattern("budget", "id"), duration = Pattern("burn", "long"), action = Definitions.GetProperty("do").GetProperty("pattern").GetString()!;
        string[] texts =
        [
            "", " ", "a", "a ", " a", "a b", "a\nb", "a\u0007", "a\u2028b", "\u0085", "µ", "\u00A0", "P", "PT", "P1D", "P1DT", "PT1H30M", "P1W2DT3H4M5.1234567S", "PT0.12345678S", "PT1.S", "PT.5S",
            "P1Y", "P1M", "PT1M", "P1H", "PT1D", "PT1M1H", "P1D1W", "PT1S1S", "-P1D", "P-1D", "P+1D", "p1d", "P1d", "P0000001D", "P999999D", "PT1H 1M", "PT1,5S", "PT1.5M", "P1DT1HT1M", "00:10:00", "P1D ", "PTT1S",
            "event", "warn", "deny", "allow", "Event", "degrade", "degrade:", "degrade: ", "degrade:a", "degrade:a b", "degrade:a:b", "delay", "delay:", "delay:P", "delay:PT30S", "delay:P1Y", "delay:PT", "warn ", "event:x", "delay:PT30S ",
        ];
        foreach (string text in texts)
        {
            Assert.Equal((text, Fits(line, text)), (text, PolicySchema.IsLine(text)));
            Assert.Equal((text, Fits(duration, text)), (text, PolicyDuration.TryParse(text, out _)));
            Assert.Equal((text, Fits(action, text)), (text, PolicyAction.TryParse(text, out _)));
        }

        static bool Fits(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant);
    }

    /// <summary>The library's reader agrees with a complete implementation of JSON Schema on a sound policy and on each way to spoil one.</summary>
    [Fact]
    public void Schema_AgainstPythonsJsonschema_SameVerdicts()
    {
        string sound = BudgetPolicy.FromJson(PolicySamples.Example).ToJson();
        List<(string Name, string Json)> samples = [("sound", sound), .. Spoiled(sound)];
        if (PythonJsonSchema.Judge(BudgetPolicy.JsonSchema, samples.Select(sample => sample.Json)) is not { } verdicts)
        {
            Assert.Skip("python3 with jsonschema is not installed (Debian: python3-jsonschema).");
            return;
        }

        Assert.Equal(samples.Count, verdicts.Count);
        Assert.True(verdicts[0], "What is written holds to the schema.");
        Assert.Contains(false, verdicts);
        Assert.Empty(samples.Zip(verdicts).Where(pair => Holds(pair.First.Json) != pair.Second).Select(pair => pair.First.Name));
    }

    private static bool Holds(string json)
    {
        SchemaProblems problems = new(1);
        PolicySchema.Root.Check(JsonDocument.Parse(json).RootElement, problems);
        return problems.Count == 0;
    }

    /// <summary>A policy with each of its values taken away, or made another.</summary>
    private static IEnumerable<(string Name, string Json)> Spoiled(string sound)
    {
        string?[] others = ["null", "-1.5", "0", "\"x\"", "\"\"", "{}", "[]", "true", "[\"x\", \"x\"]", "{\"x\": 1}", null];
        int count = 0;
        foreach (string[] place in Places(JsonNode.Parse(sound)!, []))
        {
            // Times and days are checked by us and, without more packages, not by Python.
            if (place[^1] is "effectiveFrom" or "at" or "from" or "expires" or "reviewDate") continue;
            foreach (string? other in others)
            {
                if (++count % 2 == 0) continue;
                JsonNode root = JsonNode.Parse(sound)!;
                JsonNode parent = place[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
                if (parent is JsonArray rows) rows[0] = JsonNode.Parse(other ?? "17");
                else if (other is null) parent.AsObject().Remove(place[^1]);
                else parent[place[^1]] = JsonNode.Parse(other);
                yield return ($"{string.Join('/', place)} = {other ?? "nothing"}", root.ToJsonString());
            }
        }
    }

    private static IEnumerable<string[]> Places(JsonNode node, string[] here)
    {
        IEnumerable<(string Step, JsonNode? Node)> parts = node switch
        {
            JsonObject parent => parent.Select(pair => (pair.Key, pair.Value)),
            JsonArray list => list.Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach ((string step, JsonNode? part) in parts)
        {
            string[] place = [.. here, step];
            yield return place;
            if (part is null) continue;
            foreach (string[] deeper in Places(part, place)) yield return deeper;
        }
    }

    private static IEnumerable<string> Enum(string definition, string property) =>
        Definitions.GetProperty(definition).GetProperty("properties").GetProperty(property).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static string Pattern(string definition, string property) =>
        Definitions.GetProperty(definition).GetProperty("properties").GetProperty(property).GetProperty("pattern").GetString()!;

    private static IEnumerable<JsonElement> All(JsonElement schema)
    {
        yield return schema;
        IEnumerable<JsonElement> parts = [];
        if (schema.TryGetProperty("properties", out JsonElement properties)) parts = parts.Concat(properties.EnumerateObject().Select(part => part.Value));
        if (schema.TryGetProperty("items", out JsonElement items)) parts = parts.Append(items);
        if (schema.TryGetProperty("$defs", out JsonElement definitions)) parts = parts.Concat(definitions.EnumerateObject().Select(part => part.Value));
        foreach (JsonElement part in parts.SelectMany(All)) yield return part;
    }

    private static JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out JsonElement reference) ? Definitions.GetProperty(reference.GetString()!["#/$defs/".Length..]) : schema;

    private static void List(JsonElement schema, string path, HashSet<string> listed)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("items", out JsonElement items)) List(items, path + "[]", listed);
        if (!schema.TryGetProperty("properties", out JsonElement properties)) return;
        foreach (JsonProperty part in properties.EnumerateObject())
        {
            // A waiver's scope is a scope like a budget's: one of them is enough.
            if (path == ".waivers[]" && part.Name == "scope") continue;
            listed.Add($"{path}.{part.Name}");
            List(part.Value, $"{path}.{part.Name}", listed);
        }
    }

    private static void Collect(JsonElement value, JsonElement schema, string path, HashSet<string> written)
    {
        schema = Resolve(schema);
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray()) Collect(item, schema.GetProperty("items"), path + "[]", written);
        }

        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (JsonProperty part in value.EnumerateObject())
        {
            if (path == ".waivers[]" && part.Name == "scope") continue;
            written.Add($"{path}.{part.Name}");
            Collect(part.Value, schema.GetProperty("properties").GetProperty(part.Name), $"{path}.{part.Name}", written);
        }
    }
}
