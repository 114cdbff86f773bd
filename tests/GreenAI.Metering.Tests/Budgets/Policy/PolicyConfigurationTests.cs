using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A policy in the configuration is held to the same rules; mistakes are told by their keys.</summary>
public sealed class PolicyConfigurationTests
{
    private static readonly DateTimeOffset _now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_TheExample_IsThePolicyOfTheFile()
    {
        Dictionary<string, string?> settings = [];
        Flatten(JsonNode.Parse(BudgetPolicy.FromJson(PolicySamples.Example).ToJson())!, "GreenAI:Policy", settings);
        Assert.Equal(BudgetPolicy.FromJson(PolicySamples.Example).Hash, Read(settings).Hash);
        // Keys do not tell capitals from small letters; true is written with a capital by some.
        Assert.Equal(
            BudgetPolicy.FromJson(PolicySamples.Example).Hash,
            Read(settings.ToDictionary(pair => pair.Key.ToUpperInvariant(), pair => pair.Value is "true" or "false" ? pair.Value.ToUpperInvariant() : pair.Value)).Hash);
    }

    [Theory]
    [InlineData("version", null, "GreenAI:Policy:version: It is missing; it must be a line of text without control characters and without spaces at its ends, of at most 64 characters.")]
    [InlineData("budgets:0:limit:value", "forty", "GreenAI:Policy:budgets:0:limit:value: It is \"forty\"; it must be a number above 0.")]
    [InlineData("budgets:0:limit:value", "1,5", "GreenAI:Policy:budgets:0:limit:value: It is \"1,5\"; it must be a number above 0.")]
    [InlineData("budgets:0:limit:unit", "J", "GreenAI:Policy:budgets:0:limit:unit: It is \"J\"; emissions must be stated in tCO2e, kgCO2e, gCO2e, mgCO2e, ugCO2e.")]
    [InlineData("budgets:0:limit", "40", "GreenAI:Policy:budgets:0:limit: It is \"40\"; it must be an object.")]
    [InlineData("budgets:0:idle", "yes", "GreenAI:Policy:budgets:0:idle: It is \"yes\"; it must be true or false.")]
    [InlineData("budgets:0:Kind", null, "GreenAI:Policy:budgets:0:kind: It is missing; it must be one of emissions, energy, emissionsPerInference, energyPerInference.")]
    [InlineData("budgets:0:limits:value", "1", "GreenAI:Policy:budgets:0:limits: It is not known; here can be id, scope, kind, limit, basis, include, idle, charge, window, ladder, burn, onLedgerDown, refuseUnmetered, mode.")]
    [InlineData("budgets:0:mo.del", "1", "GreenAI:Policy:budgets:0:mo.del: It is not known; here can be id, scope, kind, limit, basis, include, idle, charge, window, ladder, burn, onLedgerDown, refuseUnmetered, mode.")]
    [InlineData("budgets:night:id", "n", "GreenAI:Policy:budgets:night:kind: It is missing; it must be one of emissions, energy, emissionsPerInference, energyPerInference.")]
    [InlineData("requiredApprovals", "1", "GreenAI:Policy:approvals: Nobody has approved it; it must have approvals by 1 more person of 1.")]
    public void Read_AMistake_IsToldByItsKey(string key, string? value, string expected)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["GreenAI:Policy:version"] = "1",
            ["GreenAI:Policy:budgets:0:id"] = "b",
            ["GreenAI:Policy:budgets:0:kind"] = "emissions",
            ["GreenAI:Policy:budgets:0:limit:value"] = "4.0e1",
            ["GreenAI:Policy:budgets:0:limit:unit"] = "kgCO2e",
            ["GreenAI:Policy:budgets:0:window:type"] = "lifetime",
        };
        Assert.Equal(40e9, Read(settings).Budgets[0].LimitMicrounits);
        if (key == "budgets:0:limit") settings = settings.Where(pair => !pair.Key.Contains("limit:", StringComparison.Ordinal)).ToDictionary();
        if (value is null) settings.Remove("GreenAI:Policy:" + key);
        else settings["GreenAI:Policy:" + key] = value;
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => Read(settings));
        Assert.Equal("The policy is refused at " + expected, refused.Message.Split('\n')[0]);
        Assert.Null(refused.Line);
    }

    [Fact]
    public void Read_NoSection_IsRefused() =>
        Assert.StartsWith("The policy is refused at GreenAI:Policy:version: It is missing;", Assert.Throws<PolicyFormatException>(() => Read([])).Message, StringComparison.Ordinal);

    [Fact]
    public void Follow_TheConfigurationChanges_TheNewPolicyIsInForce()
    {
        FakeTimeProvider time = new(_now);
        IConfigurationRoot root = new ConfigurationBuilder().AddInMemoryCollection([new("GreenAI:Policy:version", "1")]).Build();
        using PolicyStore store = new(time, TimeSpan.FromSeconds(1));
        List<PolicyFormatException> refusals = [];
        store.Refused += refusals.Add;
        store.Follow(new PolicyConfiguration(root.GetSection("GreenAI:Policy")));
        root["GreenAI:Policy:version"] = "2";
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", store.Current!.Version);
        root["GreenAI:Policy:version"] = " ";
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("2", store.Current!.Version);
        Assert.Equal("GreenAI:Policy:version", Assert.Single(refusals).Path);
    }

    private static BudgetPolicy Read(Dictionary<string, string?> settings)
    {
        PolicyConfiguration source = new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("GreenAI:Policy"));
        return source.Parse(source.Read(), _now);
    }

    private static void Flatten(JsonNode? node, string key, Dictionary<string, string?> settings)
    {
        switch (node)
        {
            case JsonObject parts:
                foreach ((string name, JsonNode? part) in parts) Flatten(part, $"{key}:{name}", settings);
                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++) Flatten(items[i], FormattableString.Invariant($"{key}:{i}"), settings);
                break;
            default:
                settings[key] = node!.ToString();
                break;
        }
    }
}
