using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>Every mistake in a policy is told by its path, its line, what it is and what it must be.</summary>
public sealed class PolicyDamageTests
{
    /// <summary>What is put in place of what in the example, and what is said of it.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        // What a schema says.
        { "\"version\": \"3.1.0\",", "", "$.version, line 1: It is missing; it must be a line of text without control characters and without spaces at its ends, of at most 64 characters." },
        { "\"3.1.0\"", "3.1", "$.version, line 4: It is 3.1; it must be a line of text without control characters and without spaces at its ends, of at most 64 characters." },
        { "\"requiredApprovals\": 2", "\"requiredApprovals\": -2", "$.requiredApprovals, line 6: It is -2; it must be a whole number from 0 to 100." },
        { "\"onLedgerDown\": \"open\"", "\"onLedgerDwon\": \"open\"", "$.budgets[0].onLedgerDwon, line 30: It is not known; here can be id, scope, kind, limit, basis, include, idle, charge, window, ladder, burn, onLedgerDown, refuseUnmetered, mode." },
        { "\"scope\": { \"model\": \"resnet50\" }", "\"scope\": { \"mo del\": \"resnet50\" }", "$.budgets[0].scope[\"mo del\"], line 15: It is not known; here can be model, tenant, service, host." },
        { "\"basis\": \"location\"", "\"id\": \"again\"", "$.budgets[0].id, line 18: It is there twice." },
        { "[\"operational\", \"embodied\"]", "[\"embodied\", \"embodied\"]", "$.budgets[0].include[1], line 19: \"embodied\" is there twice." },
        { "[\"operational\", \"embodied\"]", "[]", "$.budgets[0].include, line 19: It has 0 entries; it must have at least 1." },
        { "\"kind\": \"emissions\"", "\"kind\": \"Emissions\"", "$.budgets[0].kind, line 16: It is \"Emissions\"; it must be one of emissions, energy, emissionsPerInference, energyPerInference." },
        { "\"value\": 40", "\"value\": 0", "$.budgets[0].limit.value, line 17: It is 0; it must be a number above 0." },
        { "\"value\": 40", "\"value\": \"40\"", "$.budgets[0].limit.value, line 17: It is \"40\"; it must be a number above 0." },
        { "\"firstMonth\": 4", "\"firstMonth\": 13", "$.budgets[0].window.firstMonth, line 20: It is 13; it must be a whole number from 1 to 12." },
        { "\"carryOver\": 0.1", "\"carryOver\": 10", "$.budgets[0].window.carryOver, line 20: It is 10; it must be a number from 0 to 1." },
        { "\"PT10M\"", "\"00:10:00\"", "$.budgets[0].ladder[2].dwell, line 24: It is \"00:10:00\"; it must be a duration in weeks, days, hours, minutes and seconds like P7D or PT1H30M (years and months are not all of one length)." },
        { "\"long\": \"PT1H\"", "\"long\": \"P1M\"", "$.budgets[0].burn[0].long, line 28: It is \"P1M\"; it must be a duration in weeks, days, hours, minutes and seconds like P7D or PT1H30M (years and months are not all of one length)." },
        { "\"degrade:resnet18\"", "\"degrade\"", "$.budgets[0].ladder[2].do, line 24: It is \"degrade\"; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters." },
        { "\"at\": 0.5, \"do\": \"event\"", "\"at\": 0.5", "$.budgets[0].ladder[0].do, line 22: It is missing; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters." },
        { "\"measured\"", "\"Measured\"", "$.budgets[0].ladder[3].minTier, line 25: It is \"Measured\"; it must be one of modelled, measured." },
        { "\"idle\": false", "\"idle\": null", "$.budgets[1].idle, line 37: It is null; it must be true or false." },
        { "\"2026-12-01T00:00:00Z\"", "\"2026-12-01\"", "$.effectiveFrom, line 5: It is \"2026-12-01\"; it must be a time like 2026-01-31T12:00:00Z." },
        { "\"2026-11-20T10:00:00Z\"", "\"2026-11-20T10:00:00\"", "$.approvals[0].at, line 9: It is \"2026-11-20T10:00:00\"; it must be a time like 2026-01-31T12:00:00Z." },
        { "\"2027-06-30\"", "\"2027-06-31\"", "$.charters[0].reviewDate, line 79: It is \"2027-06-31\"; it must be a day like 2026-01-31." },
        { "      \"expires\": \"2027-01-15T00:00:00Z\",\n", "", "$.waivers[0].expires, line 61: It is missing; it must be a time like 2026-01-31T12:00:00Z." },
        { "      \"e2s\": { \"kWh\": 120, \"method\": \"measured pilot\" },\n", "", "$.charters[0].e2s, line 71: It is missing; it must be an object." },
        { "\"kpi\": \"CPI\"", "\"kpi\": \"carbon_per_inference_g\"", "$.kpis[0].kpi, line 52: It is \"carbon_per_inference_g\"; it must be one of CPI, CPI-S, mCPI, EPI, EPU, WpQ, MER, MER-1k, E2S, HUE, HUE-P5, DES, ECA, M, REM, REM-h, CHO, CHO-busy, SCI." },
        { "\"board\"", "\"bo\\u0007ard\"", "$.waivers[0].approvedBy, line 65: It is \"bo\\u0007ard\"; it must be a line of text without control characters and without spaces at its ends, of at most 200 characters." },
        { "\"board\"", "\"bo\u007Fard\"", "$.waivers[0].approvedBy, line 65: It is \"bo\\u007Fard\"; it must be a line of text without control characters and without spaces at its ends, of at most 200 characters." },
        { "\"samples\": 5000", "\"samples\": 5000, \"confidence\": 95", "$.kpis[1].baseline.confidence, line 57: It is 95; it must be a number from 0.5 to 0.9999." },
        { "urn:greenai-metering:policy:1", "urn:greenai-metering:policy:2", "$.$schema, line 3: It is \"urn:greenai-metering:policy:2\" and this library reads \"urn:greenai-metering:policy:1\": read it with the version of GreenAI.Metering that it was written for." },
        { "urn:greenai-metering:policy:1", "greenai.policy.v1", "$.$schema, line 3: It is \"greenai.policy.v1\"; it must be \"urn:greenai-metering:policy:1\" or a path or address that ends in policy.schema.json." },

        // What a schema cannot say.
        { "\"kgCO2e\" },\n      \"basis\"", "\"kWh\" },\n      \"basis\"", "$.budgets[0].limit.unit, line 17: It is \"kWh\"; emissions must be stated in tCO2e, kgCO2e, gCO2e, mgCO2e, ugCO2e." },
        { "\"value\": 40", "\"value\": 1e10", "$.budgets[0].limit.value, line 17: It is 1e10; in kgCO2e it must be at most 9223372036.854, for it is counted in whole millionths." },
        { "\"value\": 40", "\"value\": 1e-10", "$.budgets[0].limit.value, line 17: It is 1e-10 kgCO2e; it must be at least 1 ugCO2e." },
        { "\"id\": \"tenants-day\"", "\"id\": \"resnet50-month\"", "$.budgets[1].id, line 33: It is \"resnet50-month\", which is the id of $.budgets[0] already; it must be another." },
        { "\"id\": \"cpi\"", "\"id\": \"project\"", "$.kpis[0].id, line 52: It is \"project\", which is the id of $.budgets[2] already; it must be another." },
        { "\"clear\": 0.85", "\"clear\": 0.95", "$.budgets[0].ladder[2].clear, line 24: It is 0.95; it must be at most at, which is 0.9." },
        { "\"short\": \"PT5M\"", "\"short\": \"PT60M\"", "$.budgets[0].burn[0].short, line 28: It is \"PT1H\"; it must be shorter than long, which is PT1H." },
        { "\"degrade:resnet18\"", "\"degrade:resnet50\"", "$.budgets[0].ladder[2].do, line 24: It is \"degrade:resnet50\", which is the model that it is for; it must name another." },
        { "\"delay:PT30S\"", "\"delay:PT0S\"", "$.budgets[1].ladder[0].do, line 40: It is \"delay:PT0S\"; the delay must be above PT0S and up to P1D." },
        { "\"delay:PT30S\"", "\"warn\"", "$.budgets[1].refuseUnmetered, line 41: It is true; the ladder must then have a step that degrades, delays or denies, to be applied." },
        { "\"timeZone\": \"UTC\"", "\"timeZone\": \"Mars/Olympus\"", "$.budgets[0].window.timeZone, line 20: It is \"Mars/Olympus\", which this machine does not know; it must be a time zone by its IANA name like Europe/Berlin, or UTC." },
        { "\"timeZone\": \"UTC\"", "\"timeZone\": \"../UTC\"", "$.budgets[0].window.timeZone, line 20: It is \"../UTC\", which this machine does not know; it must be a time zone by its IANA name like Europe/Berlin, or UTC." },
        { "\"unit\": \"quarter\"", "\"unit\": \"month\"", "$.budgets[0].window.firstMonth, line 20: It is 4; only a window of quarters or years has a first month." },
        { "\"unit\": \"quarter\", \"timeZone\": \"UTC\", \"firstMonth\": 4, ", "", "$.budgets[0].window.unit, line 20: It is missing; it must be one of minute, hour, day, week, month, quarter, year." },
        { "\"length\": \"P1D\"", "\"length\": \"P1D\", \"timeZone\": \"UTC\"", "$.budgets[1].window.timeZone, line 39: It is there; a rolling window has none, only a calendar one has." },
        { "\"length\": \"P1D\"", "\"length\": \"P99W\"", "$.budgets[1].window.length, line 39: It is \"P693D\"; it must be from PT1S to P366D." },
        { "\"idle\": false", "\"basis\": \"market\"", "$.budgets[1].basis, line 37: It is there; only a budget of emissions can have it." },
        { "\"type\": \"lifetime\" }", "\"type\": \"lifetime\" }, \"ladder\": [{ \"at\": 1, \"on\": \"forecast\", \"do\": \"warn\" }]", "$.budgets[2].ladder[0].on, line 48: It is \"forecast\"; a lifetime window has no end to which anything could be forecast." },
        { "\"tenant\": \"*\"", "\"tenant\": \"acme-*\"", "$.budgets[1].scope.tenant, line 34: It is \"acme-*\"; it must be one name, or * alone for each apart." },
        { "\"tenant\": \"*\"", "\"service\": \"*\"", "$.budgets[1].scope.service, line 34: It is \"*\"; it must be one name, without *." },
        { "\"max\": 1.0, ", "", "$.kpis[0], line 52: It asks for nothing; it must have max, min or baseline." },
        { "\"kpi\": \"EPI\"", "\"kpi\": \"CPI\"", "$.kpis[1].baseline, line 57: It is of CPI; a baseline must be of EPI, energy per inference: so a dirtier grid is no regression." },
        { "\"kpi\": \"CPI\", \"max\": 1.0", "\"kpi\": \"HUE\", \"min\": 65", "$.kpis[0].min, line 52: It is 65; HUE is a share, and it must be from 0 to 1: 0.65 is 65 %." },
        { "\"window\": \"P1D\"", "\"window\": \"PT1S\"", "$.kpis[0].window, line 52: It is \"PT1S\"; it must be from PT1M to P31D." },
        { "\"rule\": \"resnet50-month\"", "\"rule\": \"resnet51-month\"", "$.waivers[0].rule, line 63: It is \"resnet51-month\"; it must be the id of a budget or of an indicator's target of this policy." },
        { "\"rule\": \"resnet50-month\"", "\"rule\": \"cpi\"", "$.waivers[0].cap, line 67: It is of \"cpi\"; only a budget of emissions or energy can be exceeded by an amount." },
        { "\"reason\": \"migration\"", "\"reason\": \"x\", \"scope\": { \"model\": \"bert\" }", "$.waivers[0].scope.model, line 64: It is \"bert\" and the rule's is \"resnet50\"; such a waiver would never apply." },
        { "\"reason\": \"migration\"", "\"reason\": \"x\", \"scope\": { \"tenant\": \"acme\" }", "$.waivers[0].scope.tenant, line 64: It is \"acme\", and all tenants share the budget, so such a waiver would never apply. It must be left out, or the budget's scope must name the tenant, or * for each apart." },
        { "\"rule\": \"resnet50-month\",\n      \"reason\": \"migration\",\n      \"approvedBy\": \"board\",\n      \"expires\": \"2027-01-15T00:00:00Z\",\n      \"cap\": { \"value\": 5, \"unit\": \"kgCO2e\" }", "\"rule\": \"cpi\", \"reason\": \"r\", \"approvedBy\": \"b\", \"expires\": \"2027-01-15T00:00:00Z\",\n\"scope\": { \"model\": \"bert\", \"tenant\": \"acme\", \"host\": \"h\" }", "$.waivers[0].scope.tenant, line 64: It is \"acme\"; indicators are not told apart by tenant, so such a waiver would never apply. It must be left out." },
        { "\"scope\": { \"model\": \"resnet50\" }", "\"scope\": { \"model\": \"resnet50\", \"tenant\": \"*\" }", "$.budgets[0].include, line 19: It has \"embodied\", and the scope's tenant is \"*\"; embodied emissions fall due by time and go to models, so a tenant has none. It must be without, or the scope without a tenant." },
        { "\"window\": { \"type\": \"lifetime\" }", "\"window\": { \"type\": \"rolling\", \"length\": \"P1D\" }, \"burn\": [{ \"long\": \"PT1H\", \"short\": \"PT5M\", \"factor\": 2, \"do\": \"deny\" }]", "$.budgets[2].burn, line 48: It is there; a budget per inference limits a mean, which has no pace, so a burn rule could never be in force. It must be left out." },
        { "\"reason\": \"migration\"", "\"reason\": \"x\", \"from\": \"2027-01-15T00:00:00Z\"", "$.waivers[0].expires, line 66: It is 2027-01-15T00:00:00Z; it must be after from, which is 2027-01-15T00:00:00Z." },
        { "\"budget\": \"resnet50-month\"", "\"budget\": \"year\"", "$.charters[0].budget, line 78: It is \"year\"; it must be the id of a budget of this policy." },
        { "\"value\": 5, \"unit\": \"kgCO2e\"", "\"value\": 5, \"unit\": \"J\"", "$.waivers[0].cap.unit, line 67: It is \"J\"; emissions must be stated in tCO2e, kgCO2e, gCO2e, mgCO2e, ugCO2e." },

        // What is not JSON.
        { "\"basis\": \"location\",", "\"basis\": \"location\"", "$.budgets[0].basis, line 19: It is not JSON from byte 7 of that line on: look for a comma, quotation mark or bracket that is missing or too many." },
        { "\"migration\"", "\"\\ud800\"", "$.waivers[0].reason, line 64: It has an escape that is no character, such as \\ud800 alone." },
        { "\"migration\"", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", "$.waivers[0].reason[0][0][0][0][0][0][0][0][0][0][0][0], line 64: It is nested deeper than 16 objects and lists." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void FromJson_AMistake_IsToldWithPathAndLine(string from, string to, string expected)
    {
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(PolicySamples.Changed(from, to)));
        Assert.Equal("The policy is refused at " + expected, refused.Message);
        Assert.Equal(expected, $"{refused.Path}, line {refused.Line}: {refused.Reason}");
    }

    [Theory]
    [InlineData("", "$, line 1: It is empty; a policy is an object.")]
    [InlineData(" \n \n", "$, line 3: It is empty; a policy is an object.")]
    [InlineData("[]", "$, line 1: It is a list; it must be an object.")]
    [InlineData("null", "$, line 1: It is null; it must be an object.")]
    [InlineData("{\"version\": \"1\"\n\n", "$.version, line 3: It is not JSON from byte 1 of that line on: look for a comma, quotation mark or bracket that is missing or too many.")]
    [InlineData("{\"version\": \"1\"} {}", "$, line 1: It is not JSON from byte 18 of that line on: look for a comma, quotation mark or bracket that is missing or too many.")]
    public void FromJson_NoPolicyAtAll_IsTold(string json, string expected) =>
        Assert.Equal("The policy is refused at " + expected, Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json)).Message);

    [Fact]
    public void FromJson_NotUtf8_IsToldWithItsLine()
    {
        byte[] json = [.. "{\n\"version\": \""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal("The policy is refused at $, line 2: It is not UTF-8.", Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json)).Message);
    }

    [Fact]
    public void FromJson_TooLong_IsRefusedAsBytesAndAsText()
    {
        string json = new(' ', BudgetPolicy.MaxJsonBytes + 1);
        const string expected = "The policy is refused at $, line 1: It is longer than 4194304 bytes; it must be at most that.";
        Assert.Equal(expected, Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json)).Message);
        Assert.Equal(expected, Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(Encoding.UTF8.GetBytes(json))).Message);
    }

    [Fact]
    public void FromJson_TooManyBudgets_AreRefused()
    {
        string json = $$"""{"version": "1", "budgets": [{{string.Join(',', Enumerable.Repeat("{}", 10_001))}}]}""";
        Assert.Equal(
            "The policy is refused at $.budgets, line 1: It has 10001 entries; it must have at most 10000.",
            Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json)).Message);
    }

    [Fact]
    public void FromJson_SeveralMistakes_AreToldTogetherUpTo20()
    {
        string json = PolicySamples.Changed("\"value\": 40", "\"value\": -1").Replace("\"approvedBy\"", "\"approvdBy\"", StringComparison.Ordinal);
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json));
        Assert.Equal(
            """
            The policy is refused at $.budgets[0].limit.value, line 17: It is -1; it must be a number above 0.
            and at $.waivers[0].approvdBy, line 65: It is not known; here can be id, rule, scope, reason, approvedBy, from, expires, cap.
            and at $.waivers[0].approvedBy, line 61: It is missing; it must be a line of text without control characters and without spaces at its ends, of at most 200 characters.
            """.ReplaceLineEndings("\n"),
            refused.Message);
        Assert.Equal(3, refused.Problems.Count);
        string many = $$"""{"version": "1", "budgets": [{{string.Join(',', Enumerable.Repeat("{}", 100))}}]}""";
        Assert.Equal(20, Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(many)).Problems.Count);
    }

    [Fact]
    public void FromJson_HostileNames_MakeNoLongMessageAndNoSlowPaths()
    {
        string name = new('n', 1_000_000);
        string json = $$"""{"{{name}}": [{{string.Join(',', Enumerable.Repeat("1", 1_000_000))}}]}""";
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(json));
        Assert.InRange(refused.Message.Length, 1, 1000);
        Assert.Equal(1, refused.Line);
    }
}
