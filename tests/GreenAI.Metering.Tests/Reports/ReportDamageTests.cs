using System.Text;
using System.Text.Json.Nodes;

namespace GreenAI.Metering.Tests;

/// <summary>Reports that are none, or not quite: refused with the place and what is wrong there.</summary>
public sealed class ReportDamageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "$")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("{}", "$.schemaVersion")]
    [InlineData("{\"schemaVersion\":1}", "$.schemaVersion")]
    [InlineData("{\"schemaVersion\":\"1\"}", "$.schemaVersion")]
    [InlineData("{\"schemaVersion\":\"0.9\"}", "$.schemaVersion")]
    [InlineData("{\"schemaVersion\":\"+1.0\"}", "$.schemaVersion")]
    [InlineData("{\"schemaVersion\":\"1.0\"}", "$.$schema")]
    [InlineData("{\"schemaVersion\":\"1.0\",\"\\ud800\":1}", "$")]
    [InlineData("{\"schemaVersion\":\"\\ud800\"}", "$")]
    public void FromJson_NoReport_IsRefusedWithThePlace(string json, string place) =>
        Assert.Equal(place, Refused(json).Path);

    [Fact]
    public void FromJson_BrokenText_TellsTheLineAndQuotesNothing() =>
        Assert.Equal("It is not JSON from line 2, byte 8 on.", Refused("{\n \"moon\"nul " + new string('x', 10_000)).Reason);

    [Fact]
    public void FromJson_NewerMajorVersion_SaysWhatToDo()
    {
        ReportFormatException refused = Refused("{\"schemaVersion\":\"2.0\"}");
        Assert.Equal("$.schemaVersion", refused.Path);
        Assert.Equal(
            "The report is refused at $.schemaVersion: The report is of version \"2.0\" and this library reads \"1.0\": read it with a newer GreenAI.Metering.",
            refused.Message);
    }

    [Fact]
    public void FromJson_NewerMinorVersionWithNewProperties_IsRead()
    {
        EfficiencyReport read = EfficiencyReport.FromJson(Changed(root =>
        {
            root["schemaVersion"] = "1.7";
            root["moon"] = new JsonObject { ["phase"] = 0.5 };
            root["kpis"]![0]!["colour"] = "green";
        }));
        Assert.Equal(ReportSamples.Full with { SchemaVersion = "1.7" }, read);
    }

    [Fact]
    public void FromJson_NewerMinorVersionWithANewWord_SaysThatItIsNewer()
    {
        ReportFormatException refused = Refused(Changed(root =>
        {
            root["schemaVersion"] = "1.7";
            root["kpis"]![1]!["kpi"] = "beautyPerWatt";
        }));
        Assert.Equal("$.kpis[1].kpi", refused.Path);
        Assert.Contains("newer GreenAI.Metering", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.models[1].name", "models", 1, "name")]
    [InlineData("$.kpis[2].explanation", "kpis", 2, "explanation")]
    [InlineData("$.devices[0].coverage", "devices", 0, "coverage")]
    public void FromJson_MissingProperty_IsNamed(string place, string list, int row, string property)
    {
        ReportFormatException refused = Refused(Changed(root => root[list]![row]!.AsObject().Remove(property)));
        Assert.Equal(place, refused.Path);
        Assert.StartsWith("It is missing; it must be", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("microjoules", "1.5", "It is 1.5; it must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("microjoules", "9223372036854775808", "It is 9223372036854775808; it must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("microjoules", "-1", "It is -1; it must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("microjoules", "\"1\"", "It is \"1\"; it must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("microjoules", "null", "It is null; it must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("joules", "1e999", "It is 1e999; it must be a number from 0 up.")]
    public void FromJson_ImpossibleNumber_IsShown(string property, string value, string reason)
    {
        ReportFormatException refused = Refused(Changed(root => root["energy"]!["idle"]![property] = JsonNode.Parse(value)));
        Assert.Equal(($"$.energy.idle.{property}", reason), (refused.Path, refused.Reason));
    }

    [Theory]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("yesterday")]
    [InlineData("1772366400")]
    public void FromJson_ImpossibleTime_IsShown(string time)
    {
        ReportFormatException refused = Refused(Changed(root => root["generatedAt"] = time));
        Assert.Equal(("$.generatedAt", $"It is \"{time}\"; it must be a time like 2026-01-31T12:00:00Z."), (refused.Path, refused.Reason));
    }

    [Fact]
    public void FromJson_LongWrongWord_IsCut()
    {
        ReportFormatException refused = Refused(Changed(root => root["accounting"]!["method"] = new string('x', 100_000)));
        Assert.Equal("$.accounting.method", refused.Path);
        Assert.InRange(refused.Message.Length, 50, 250);
    }

    [Fact]
    public void FromJson_PropertyTwice_IsRefused()
    {
        string json = ReportSamples.Full.ToJson().Replace("\"service\":", "\"service\": \"other\", \"service\":", StringComparison.Ordinal);
        Assert.Equal(("$.service", "It is there twice."), (Refused(json).Path, Refused(json).Reason));
    }

    [Theory]
    [InlineData("$.energy.total", "energy", "idle", "microjoules")]
    [InlineData("$.models", "energy", "late", "microjoules")]
    [InlineData("$.carbon.operational.total", "carbon", "operational", "idle", "micrograms")]
    [InlineData("$.carbon.embodied.total", "carbon", "embodied", "idle", "micrograms")]
    public void FromJson_BucketsDoNotSum_IsRefused(string place, params string[] amount)
    {
        ReportFormatException refused = Refused(Changed(root =>
        {
            JsonNode at = root;
            foreach (string step in amount[..^1]) at = at[step]!;
            long more = at[amount[^1]]!.GetValue<long>() + 1;
            at[amount[^1]] = more;
            // One more in a bucket of models and one less in the floor: only the sum of the models tells.
            if (amount[1] == "late") root["energy"]!["idle"]!["microjoules"] = root["energy"]!["idle"]!["microjoules"]!.GetValue<long>() - 1;
        }));
        Assert.Equal(place, refused.Path);
    }

    [Theory]
    [InlineData("verdict", "\"notMet\"", "$.kpis[0].verdict")]
    [InlineData("value", "null", "$.kpis[0].value")]
    [InlineData("gap", "\"noInference\"", "$.kpis[0].value")]
    public void FromJson_KpiContradictsItself_IsRefused(string property, string value, string place) =>
        Assert.Equal(place, Refused(Changed(root => root["kpis"]![0]![property] = JsonNode.Parse(value))).Path);

    [Fact]
    public void FromJson_GramsAreNullWithoutAReason_IsRefused()
    {
        Assert.Equal("$.carbon.operational", Refused(Changed(ReportSamples.Empty, root => root["carbon"]!["operationalReason"] = " ")).Path);
        Assert.Equal("$.carbon.operational", Refused(Changed(ReportSamples.Empty, root => root["carbon"]!["operationalGap"] = "none")).Path);
        Assert.Equal("$.carbon.embodied", Refused(Changed(ReportSamples.Empty, root => root["carbon"]!["embodiedReason"] = null)).Path);
    }

    [Fact]
    public void ToJson_ImpossibleFigure_SaysWhere()
    {
        EfficiencyReport report = ReportSamples.Full with { Kpis = [.. ReportSamples.Full.Kpis, ReportSamples.Joules("mlp", 1, 1) with { Value = double.NaN }] };
        string message = Assert.Throws<InvalidOperationException>(report.ToJson).Message;
        Assert.Contains("$.kpis[3].value: It is \"NaN\"; it must be a number, or null.", message, StringComparison.Ordinal);
        report = ReportSamples.Full with { Energy = ReportSamples.Full.Energy with { Coverage = 1.5 } };
        Assert.Contains("$.energy.coverage", Assert.Throws<InvalidOperationException>(report.ToJson).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteJsonAsync_ImpossibleFigure_WritesNothing()
    {
        using MemoryStream stream = new();
        EfficiencyReport report = ReportSamples.Full with { Devices = [] };
        await Assert.ThrowsAsync<InvalidOperationException>(() => report.WriteJsonAsync(stream, Cancellation));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public async Task ReadJsonAsync_WithByteOrderMark_IsRead()
    {
        using MemoryStream stream = new([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(ReportSamples.Full.ToJson())]);
        Assert.Equal(ReportSamples.Full, await EfficiencyReport.ReadJsonAsync(stream, Cancellation));
    }

    [Fact]
    public async Task ReadJsonAsync_NotUtf8_IsRefused()
    {
        using MemoryStream stream = new([.. "{\"schemaVersion\":\"1.0\",\"service\":\""u8, 0xC0, 0x80, .. "\"}"u8]);
        Assert.Equal("It is not UTF-8.", (await Assert.ThrowsAsync<ReportFormatException>(() => EfficiencyReport.ReadJsonAsync(stream, Cancellation))).Reason);
    }

    [Fact]
    public async Task ReadJsonAsync_Endless_StopsAtTheBound()
    {
        using EndlessStream stream = new();
        ReportFormatException refused = await Assert.ThrowsAsync<ReportFormatException>(() => EfficiencyReport.ReadJsonAsync(stream, Cancellation));
        Assert.Equal("It is longer than 67108864 bytes.", refused.Reason);
        Assert.InRange(stream.Given, EfficiencyReport.MaxJsonBytes, EfficiencyReport.MaxJsonBytes + (1 << 20));
    }

    [Fact]
    public void FromJson_CutAnywhere_IsRefused()
    {
        string json = ReportSamples.Full.ToJson().TrimEnd();
        for (int length = 0; length < json.Length; length += 37) Refused(json[..length]);
    }

    private static string Changed(Action<JsonNode> change) => Changed(ReportSamples.Full, change);

    private static string Changed(EfficiencyReport report, Action<JsonNode> change)
    {
        JsonNode root = JsonNode.Parse(report.ToJson())!;
        change(root);
        return root.ToJsonString();
    }

    private static ReportFormatException Refused(string json) => Assert.Throws<ReportFormatException>(() => EfficiencyReport.FromJson(json));
}
