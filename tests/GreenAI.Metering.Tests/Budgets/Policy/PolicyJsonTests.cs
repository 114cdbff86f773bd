using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GreenAI.Metering.Tests.Budgets;

namespace GreenAI.Metering.Tests;

/// <summary>Policies read, written and told apart.</summary>
public sealed class PolicyJsonTests
{
    [Fact]
    public void FromJson_Example_SaysWhatIsWritten()
    {
        BudgetPolicy policy = BudgetPolicy.FromJson(PolicySamples.Example);
        Assert.Equal("3.1.0", policy.Version);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), policy.EffectiveFrom);
        Assert.Equal(2, policy.RequiredApprovals);
        Assert.Equal(["sustainability", "engineering"], policy.RequiredRoles);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), policy.Approvals[1].At);

        BudgetDefinition month = policy.Budgets[0];
        Assert.Equal(("resnet50-month", "resnet50", BudgetKind.Emissions, 40e9), (month.Id, month.Scope.Model, month.Kind, month.LimitMicrounits));
        Assert.Equal((CarbonMethod.LocationBased, true, true, true, false), (month.Basis, month.IncludesOperational, month.IncludesEmbodied, month.IncludesIdle, month.ChargesUpperBound));
        Assert.Equal((BudgetWindowType.Calendar, CalendarUnit.Quarter, 4, 0.1), (month.Window.Type, month.Window.Unit, month.Window.FirstMonth, month.Window.CarryOver));
        Assert.Equal((LedgerOutage.Open, false, false), (month.OnLedgerDown, month.RefusesUnmetered, month.Shadow));
        Assert.Equal([(0.5, LadderMeasure.Actual, Verdict.Allow), (1, LadderMeasure.Forecast, Verdict.Warn), (0.9, LadderMeasure.Actual, Verdict.Degrade), (1, LadderMeasure.Actual, Verdict.Deny)], month.Ladder.Select(step => (step.At, step.On, step.Action.Verdict)));
        Assert.True(month.Ladder[0].Action.RaisesEvent);
        Assert.Equal((0.85, TimeSpan.FromMinutes(10), "resnet18"), (month.Ladder[2].Clear, month.Ladder[2].Dwell, month.Ladder[2].Action.Model));
        Assert.Equal(MeasurementTier.Measured, month.Ladder[3].MinTier);
        Assert.Equal(["critical"], month.Ladder[3].ExemptPriorities);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4, 500, Verdict.Warn), (month.Burn[0].Long, month.Burn[0].Short, month.Burn[0].Factor, month.Burn[0].MinInferences, month.Burn[0].Action.Verdict));

        BudgetDefinition day = policy.Budgets[1];
        Assert.Equal((BudgetScope.Each, BudgetKind.Energy, 5.4e12, TimeSpan.FromDays(1)), (day.Scope.Tenant, day.Kind, day.LimitMicrounits, day.Window.Length));
        Assert.Equal((false, true, true, true), (day.IncludesIdle, day.ChargesUpperBound, day.RefusesUnmetered, day.Shadow));
        Assert.Equal((LedgerOutage.LastLease, TimeSpan.FromSeconds(30)), (day.OnLedgerDown, day.Ladder[0].Action.RetryAfter));
        Assert.Equal(250_000, policy.Budgets[2].LimitMicrounits);

        Assert.Equal((Kpi.CarbonPerInference, 1.0, TimeSpan.FromDays(1), Verdict.Warn), (policy.Kpis[0].Kpi, policy.Kpis[0].Max!.Value, policy.Kpis[0].Window, policy.Kpis[0].Action.Verdict));
        Assert.Equal((0.8, 0.1, 5000, 0.05, 0.95, 200), (policy.Kpis[1].Baseline!.Mean, policy.Kpis[1].Baseline!.StandardDeviation, policy.Kpis[1].Baseline!.Samples, policy.Kpis[1].Baseline!.MaxIncrease, policy.Kpis[1].Baseline!.Confidence, policy.Kpis[1].Baseline!.MinSamples));
        Assert.Equal(("W-12", 5_000_000_000, DateTimeOffset.MinValue), (policy.Waivers[0].Id, policy.Waivers[0].CapMicrounits, policy.Waivers[0].From));
        Assert.Equal((120, "measured pilot", "accuracy", 0.93, new DateOnly(2027, 6, 30)), (policy.Charters[0].EnergyToSolutionKilowattHours, policy.Charters[0].EstimateMethod, policy.Charters[0].QualityMetric, policy.Charters[0].QualityTarget, policy.Charters[0].ReviewDate));
    }

    [Fact]
    public void FromJson_LeftOut_HasTheDocumentedDefaults()
    {
        BudgetPolicy policy = BudgetPolicy.FromJson(
            """{"version": "1", "budgets": [{"id": "b", "kind": "emissions", "limit": {"value": 1, "unit": "gCO2e"}, "window": {"type": "calendar", "unit": "day"}}], "kpis": [{"id": "k", "kpi": "EPI", "max": 1}]}""");
        BudgetDefinition read = policy.Budgets[0], made = PolicySamples.Budget();
        Assert.Equal(DateTimeOffset.MinValue, policy.EffectiveFrom);
        Assert.Equal(
            (made.IncludesOperational, made.IncludesEmbodied, made.IncludesIdle, made.ChargesUpperBound, made.OnLedgerDown, made.RefusesUnmetered, made.Shadow, made.Basis),
            (read.IncludesOperational, read.IncludesEmbodied, read.IncludesIdle, read.ChargesUpperBound, read.OnLedgerDown, read.RefusesUnmetered, read.Shadow, read.Basis));
        Assert.Equal(("UTC", 1, 0.0), (read.Window.TimeZone, read.Window.FirstMonth, read.Window.CarryOver));
        Assert.Equal((TimeSpan.FromHours(1), BudgetAction.Event), (policy.Kpis[0].Window, policy.Kpis[0].Action));
    }

    [Fact]
    public void ToJson_AnyPolicy_IsReadBackTheSame() => PolicyGen.Policy.Sample(policy =>
    {
        string json = policy.ToJson();
        BudgetPolicy read = BudgetPolicy.FromJson(json);
        Assert.Equal(json, read.ToJson());
        Assert.Equal(policy.Hash, read.Hash);
        Assert.Equal(policy.Budgets.Select(budget => budget.LimitMicrounits), read.Budgets.Select(budget => budget.LimitMicrounits));
        Assert.Equal(policy.Waivers.Select(waiver => waiver.CapMicrounits), read.Waivers.Select(waiver => waiver.CapMicrounits));
    }, iter: 1000);

    [Fact]
    public void ToJson_Amounts_AreInTheUnitOfTheFewestDigits()
    {
        string json = BudgetPolicy.FromJson(PolicySamples.Example).ToJson();
        Assert.Contains("\"value\": 40,\n        \"unit\": \"kgCO2e\"", json.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\"value\": 1.5,\n        \"unit\": \"kWh\"", json.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"$schema\": \"urn:greenai-metering:policy:1\",\n  \"version\": \"3.1.0\",", json.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, "kgCO2e", "emissions", 40e9)]
    [InlineData(0.1, "tCO2e", "emissions", 1e11)]
    [InlineData(0.3, "ugCO2e", "emissionsPerInference", 0.3)]
    [InlineData(1.1, "mgCO2e", "emissionsPerInference", 1100)]
    [InlineData(0.7, "gCO2e", "emissions", 700_000)]
    [InlineData(2.4, "ugCO2e", "emissions", 2)]
    [InlineData(0.1, "kWh", "energy", 3.6e11)]
    [InlineData(1, "Wh", "energy", 3.6e9)]
    [InlineData(2, "MJ", "energy", 2e12)]
    [InlineData(250, "mJ", "energyPerInference", 250_000)]
    [InlineData(0.1234567890123456789, "J", "energyPerInference", 123456.7890123456789)]
    public void FromJson_AnAmount_IsExactInMicrounits(double value, string unit, string kind, double expected)
    {
        string json = string.Create(CultureInfo.InvariantCulture, $$$"""{"version": "1", "budgets": [{"id": "b", "kind": "{{{kind}}}", "limit": {"value": {{{value}}}, "unit": "{{{unit}}}"}, "window": {"type": "lifetime"}}]}""");
        Assert.Equal(expected, BudgetPolicy.FromJson(json).Budgets[0].LimitMicrounits);
    }

    [Fact]
    public void Hash_SameMeaning_IsTheSame()
    {
        string hash = BudgetPolicy.FromJson(PolicySamples.Example).Hash;
        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
        string[] same =
        [
            BudgetPolicy.FromJson(PolicySamples.Example).ToJson(),
            Turned(PolicySamples.Example),
            "\uFEFF" + PolicySamples.Example.Replace("\n", "\r\n\r\n", StringComparison.Ordinal),
            PolicySamples.Changed("\"value\": 40, \"unit\": \"kgCO2e\"", "\"value\": 4.0e1, \"unit\": \"kgCO2e\""),
            PolicySamples.Changed("\"value\": 40, \"unit\": \"kgCO2e\"", "\"value\": 0.04, \"unit\": \"tCO2e\""),
            PolicySamples.Changed("\"value\": 1.5, \"unit\": \"kWh\"", "\"value\": 5400000, \"unit\": \"J\""),
            PolicySamples.Changed("\"2026-11-21T09:00:00+01:00\"", "\"2026-11-21T08:00:00Z\""),
            PolicySamples.Changed("\"PT10M\"", "\"PT600S\""),
            PolicySamples.Changed("\"length\": \"P1D\"", "\"length\": \"PT24H\""),
            PolicySamples.Changed("\"value\": 5,", "\"value\": 5.000,"),
            PolicySamples.Changed("\"at\": 0.5, \"do\": \"event\"", "\"clear\": 0.5, \"at\": 0.50, \"on\": \"actual\", \"do\": \"\\u0065vent\""),
            PolicySamples.Changed("urn:greenai-metering:policy:1", "../policy.schema.json"),
        ];
        Assert.All(same, json => Assert.Equal(hash, BudgetPolicy.FromJson(json).Hash));
    }

    [Theory]
    [InlineData("\"3.1.0\"", "\"3.1.1\"")]
    [InlineData("\"value\": 40", "\"value\": 40.000000001")]
    [InlineData("\"open\"", "\"closed\"")]
    [InlineData("\"clear\": 0.85", "\"clear\": 0.86")]
    [InlineData("\"by\": \"b@example.org\"", "\"by\": \"c@example.org\"")]
    [InlineData("\"measured pilot\"", "\"guess\"")]
    [InlineData("\"mode\": \"shadow\"", "\"mode\": \"enforce\"")]
    public void Hash_OtherMeaning_IsAnother(string from, string to) =>
        Assert.NotEqual(BudgetPolicy.FromJson(PolicySamples.Example).Hash, BudgetPolicy.FromJson(PolicySamples.Changed(from, to)).Hash);

    /// <summary>Of two steps that hold alike the first one decides: policies that decide differently are told apart.</summary>
    [Fact]
    public void Hash_StepsInAnotherOrder_IsAnother()
    {
        BudgetPolicy a = Ladder("small", "tiny"), b = Ladder("tiny", "small");
        Assert.NotEqual(Decided(a), Decided(b));
        Assert.NotEqual(a.Hash, b.Hash);

        static BudgetPolicy Ladder(string first, string second) =>
            Policies.Of(Policies.Joules(1000e-6, ladder: [Policies.Degrade(0.9, first), Policies.Degrade(0.9, second)]));

        static string? Decided(BudgetPolicy policy)
        {
            BudgetRig rig = new(policy.Budgets[0], new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero));
            rig.Tick(TimeSpan.FromSeconds(1), 950);
            return rig.Assessor.ActionOf(rig.Assessor.Decision)!.Model;
        }
    }

    /// <summary>Decisions of years carry hashes: they must not change with the library.</summary>
    [Fact]
    public void Hash_OfTheExample_NeverChanges() =>
        Assert.Equal("sha256:b26ee9a2b7c28b100f49719a7a64012a918767de41e6963cbe7544dd2d138e60", BudgetPolicy.FromJson(PolicySamples.Example).Hash);

    [Fact]
    public void FromJson_OtherCulture_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string hash = BudgetPolicy.FromJson(PolicySamples.Example).Hash;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "~";
            odd.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(hash, BudgetPolicy.FromJson(Encoding.UTF8.GetBytes(BudgetPolicy.FromJson(PolicySamples.Example).ToJson())).Hash);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Properties, and lists whose order means nothing, in the opposite order.
    private static string Turned(string json)
    {
        JsonNode root = JsonNode.Parse(json, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
        return Turned(root, isSet: false)!.ToJsonString();
    }

    private static JsonNode? Turned(JsonNode? node, bool isSet) => node switch
    {
        JsonObject parts => new JsonObject(parts.Reverse().Select(part => KeyValuePair.Create(part.Key, Turned(part.Value, part.Key is "requiredRoles" or "approvals" or "include" or "exempt")))),
        JsonArray items => new JsonArray([.. (isSet ? items.Reverse() : items).Select(item => Turned(item, isSet: false))]),
        _ => node?.DeepClone(),
    };
}
