using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GreenAI.Metering.Tests;

/// <summary>The published schema says what is written, and nothing else.</summary>
public sealed class ReportSchemaTests
{
    private static readonly NullabilityInfoContext _nullability = new();
    private static readonly JsonElement _schema = JsonDocument.Parse(EfficiencyReport.JsonSchema).RootElement;

    [Fact]
    public void Schema_AgainstTheSerializer_EachPropertyTypeAndWordAgrees()
    {
        List<string> differences = [];
        Compare(typeof(EfficiencyReport), _schema, "$", differences);
        Assert.Empty(differences);
    }

    [Fact]
    public void Schema_EachDefinition_IsUsedAndDescribed()
    {
        string text = EfficiencyReport.JsonSchema;
        foreach (JsonProperty definition in _schema.GetProperty("$defs").EnumerateObject())
        {
            Assert.Contains($"\"#/$defs/{definition.Name}\"", text, StringComparison.Ordinal);
            Assert.EndsWith(".", definition.Value.GetProperty("description").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(EfficiencyReport.SchemaId, _schema.GetProperty("$id").GetString());
    }

    /// <summary>The library's checker agrees with a complete implementation of JSON Schema on sound reports and on each way to spoil one.</summary>
    [Fact]
    public void Schema_AgainstPythonsJsonschema_SameVerdicts()
    {
        List<(string Name, string Json)> samples = [("full", ReportSamples.Full.ToJson()), ("empty", ReportSamples.Empty.ToJson())];
        samples.AddRange(Spoiled().Where((_, index) => index % 3 == 0));
        if (PythonJsonSchema.Judge(EfficiencyReport.JsonSchema, samples.Select(sample => sample.Json)) is not { } verdicts)
        {
            Assert.Skip("python3 with jsonschema is not installed (Debian: python3-jsonschema).");
            return;
        }

        Assert.Equal(samples.Count, verdicts.Count);
        Assert.True(verdicts[0] && verdicts[1], "What is written holds to the schema.");
        Assert.Contains(false, verdicts);
        Assert.Empty(samples.Zip(verdicts).Where(pair => Holds(pair.First.Json) != pair.Second).Select(pair => pair.First.Name));
    }

    private static bool Holds(string json) => ReportSchema.Check(JsonDocument.Parse(json).RootElement) is null;

    /// <summary>A report with each of its values taken away, or made another.</summary>
    private static IEnumerable<(string Name, string Json)> Spoiled()
    {
        EfficiencyReport full = ReportSamples.Full;
        EfficiencyReport small = full with
        {
            Models = [full.Models[0]],
            Devices = [full.Devices[0]],
            Factors = [full.Factors[0]],
            EmbodiedItems = [full.EmbodiedItems[0]],
            Kpis = [full.Kpis[0]],
        };
        string sound = JsonSerializer.Serialize(small, ReportJson.Default.EfficiencyReport);
        string?[] others = ["null", "-1.5", "\"x\"", "{}", "[]", "true", null];
        foreach (string[] place in Places(JsonNode.Parse(sound)!, []))
        {
            // The version has a reader of its own; times are checked by us and, without more packages, not by Python.
            if (place[^1] is "schemaVersion" or "generatedAt" or "validFrom" or "validTo" or "retrievedAt" or "from" or "to") continue;
            foreach (string? other in others)
            {
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

    private static void Compare(Type type, JsonElement schema, string path, List<string> differences)
    {
        schema = Resolve(schema, out _);
        JsonTypeInfo contract = ReportJson.Default.Options.GetTypeInfo(type);
        string[] written = contract.Kind == JsonTypeInfoKind.Object ? [.. contract.Properties.Select(property => property.Name)] : WrittenBy(type);
        Same($"{path}: properties", written, Names(schema.GetProperty("properties")));
        Same($"{path}: required", written, [.. schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)]);
        if (contract.Kind != JsonTypeInfoKind.Object) return;
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            string name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (schema.GetProperty("properties").TryGetProperty(name, out JsonElement part)) CompareProperty(property, part, $"{path}.{name}", differences);
        }

        void Same(string what, string[] here, string[] there)
        {
            if (!here.SequenceEqual(there)) differences.Add($"{what}: written {string.Join(", ", here)}; schema {string.Join(", ", there)}");
        }
    }

    private static void CompareProperty(PropertyInfo property, JsonElement part, string path, List<string> differences)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool mayBeNull = type != property.PropertyType || (!type.IsValueType && _nullability.Create(property).ReadState == NullabilityState.Nullable);
        JsonElement schema = Resolve(part, out bool nullInSchema);
        if (mayBeNull != nullInSchema) differences.Add($"{path}: null is {(mayBeNull ? "written" : "not written")} and {(nullInSchema ? "allowed" : "not allowed")}");
        string expected = type.IsEnum || type == typeof(string) || type == typeof(DateTimeOffset) ? "string"
            : type == typeof(long) || type == typeof(int) ? "integer"
            : type == typeof(double) || type == typeof(TimeSpan) ? "number"
            : type == typeof(bool) ? "boolean"
            : type.IsGenericType ? "array" : "object";
        JsonElement told = schema.GetProperty("type");
        string actual = (told.ValueKind == JsonValueKind.Array ? told[0] : told).GetString()!;
        if (expected != actual) differences.Add($"{path}: written as {expected}; schema {actual}");
        if (type == typeof(DateTimeOffset) != schema.TryGetProperty("format", out _)) differences.Add($"{path}: the format");
        if (type.IsEnum)
        {
            string[] words = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
            string[] there = [.. schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];
            if (!words.SequenceEqual(there)) differences.Add($"{path}: words {string.Join(", ", words)}; schema {string.Join(", ", there)}");
        }
        else if (expected == "array") Compare(type.GetGenericArguments()[0], schema.GetProperty("items"), $"{path}[]", differences);
        else if (expected == "object") Compare(type, part, path, differences);
    }

    // A type with a converter of its own tells its properties by writing one.
    private static string[] WrittenBy(Type type)
    {
        object value = type == typeof(RelativeUncertainty) ? default(RelativeUncertainty) : Activator.CreateInstance(type)!;
        return Names(JsonSerializer.SerializeToElement(value, ReportJson.Default.Options.GetTypeInfo(type)));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static JsonElement Resolve(JsonElement schema, out bool allowsNull)
    {
        allowsNull = false;
        if (schema.TryGetProperty("anyOf", out JsonElement either)) (schema, allowsNull) = (either[0], true);
        if (schema.TryGetProperty("$ref", out JsonElement reference))
            schema = _schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        else if (schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Array) allowsNull = true;
        return schema;
    }
}
