using System.Text.Json;

namespace GreenAI.Metering.Tests;

/// <summary>What a board is shown.</summary>
public sealed class BoardReportTests
{
    private static readonly BoardReport _report = BoardReport.From(BoardSamples.Input);

    [Fact]
    public void Kpis_AreHeldAgainstTheRulesOfThePolicy() => Assert.Equal(
        [
            ("cpi", "resnet50", "≤ 1", TargetVerdict.NotMet), ("cpi", null, "≤ 1", TargetVerdict.Met), ("regression", "resnet50", "≤ 2.1", TargetVerdict.Undefined),
            ("renewables", null, "≥ 0.9", TargetVerdict.Undefined), (null, null, "≤ 0.01", TargetVerdict.NotMet),
        ],
        _report.Kpis.Select(kpi => (kpi.Rule, kpi.Reading?.Model, kpi.Target.ToString(), kpi.Verdict)));

    [Fact]
    public void Kpi_WithoutReading_SaysWhy()
    {
        BoardKpi missing = Assert.Single(_report.Kpis, kpi => kpi.Reading is null);
        Assert.Equal("The meter gives no reading of it for the host or a model over 1 h.", missing.Reason);
        Assert.True(Assert.Single(_report.Kpis, kpi => kpi.IsBaseline).Rule == "regression");
    }

    [Fact]
    public void Waivers_HaveStateUseAndScope() => Assert.Equal(
        [
            ("W-1", WaiverState.Active, 0, 5_000_000, "microgramsCO2e", "model=resnet50, tenant=t"), ("W-2", WaiverState.Expiring, null, null, null, null),
            ("W-3", WaiverState.Expired, null, null, "microjoules", null), ("W-4", WaiverState.NotYet, null, null, "microgramsCO2e", null),
        ],
        _report.Waivers.Select(waiver => (waiver.Id, waiver.State, waiver.Used, waiver.Cap, waiver.Unit, waiver.Scope)));

    [Theory]
    [InlineData(nameof(RegressionOutcome.Regressed), TargetVerdict.NotMet)]
    [InlineData(nameof(RegressionOutcome.NotWorse), TargetVerdict.Met)]
    [InlineData(nameof(RegressionOutcome.Better), TargetVerdict.Met)]
    [InlineData(nameof(RegressionOutcome.Inconclusive), TargetVerdict.Undefined)]
    public void Baseline_HasTheVerdictOfItsTest(string outcome, TargetVerdict expected)
    {
        BudgetPolicy policy = new() { Version = "1", Kpis = [BoardSamples.Policy.Kpis[1]] };
        RegressionResult result = new() { Baseline = policy.Kpis[0].Baseline, Mean = 2.2, Samples = 500, Sureness = 0.7, Outcome = Enum.Parse<RegressionOutcome>(outcome) };
        BoardKpi kpi = Assert.Single(
            BoardReport.From(new()
            {
                Policy = policy,
                PolicyHash = "sha256:0",
                GeneratedAt = BoardSamples.Now,
                Totals = BoardSamples.Input.Totals,
                Kpis = BoardSamples.Input.Kpis,
                Regressions = new Dictionary<(string, string?), RegressionResult> { [("regression", "resnet50")] = result },
            }).Kpis,
            kpi => kpi.Rule == "regression");
        Assert.Equal((expected, $"The test of the baseline: {result.Explain()}."), (kpi.Verdict, kpi.Reason));
    }

    [Fact]
    public void Baseline_OfAWindowWithoutReading_HasTheVerdictOfItsTest()
    {
        BudgetPolicy policy = new() { Version = "1", Kpis = [BoardSamples.Policy.Kpis[1]] };
        RegressionResult result = new() { Baseline = policy.Kpis[0].Baseline, Mean = 2.2, Samples = 500, Sureness = 0.99, Outcome = RegressionOutcome.Regressed };
        BoardKpi kpi = Assert.Single(BoardReport.From(new()
        {
            Policy = policy,
            PolicyHash = "sha256:0",
            GeneratedAt = BoardSamples.Now,
            Totals = BoardSamples.Input.Totals,
            Regressions = new Dictionary<(string, string?), RegressionResult> { [("regression", "resnet50")] = result, [("other", "resnet50")] = result },
        }).Kpis);
        Assert.Equal((TargetVerdict.NotMet, $"The test of the baseline for model resnet50: {result.Explain()}."), (kpi.Verdict, kpi.Reason));
    }

    [Theory]
    [InlineData(null, 12, 4, WaiverState.Active, 2)]
    [InlineData(null, 16, 15, WaiverState.UsedUp, 11)]
    [InlineData("model=a", 16, 4, WaiverState.UsedUp, 6)]
    [InlineData("model=b", 16, 4, WaiverState.Active, 0)]
    [InlineData("host=here", 16, 15, WaiverState.UsedUp, 11)]
    [InlineData("host=there", 16, 15, WaiverState.Active, null)]
    public void Waiver_IsUsedByWhatIsSpentBeyondTheLimitInItsScope(string? scope, double a, double b, WaiverState state, int? used)
    {
        string? Named(string part) => scope?.StartsWith(part, StringComparison.Ordinal) == true ? scope[part.Length..] : null;
        BudgetPolicy policy = new()
        {
            Version = "1",
            Budgets = [new() { Id = "b", Kind = BudgetKind.Energy, LimitMicrounits = 10, Scope = new() { Model = "*" }, Window = new() { Type = BudgetWindowType.Lifetime } }],
            Waivers =
            [
                new()
                {
                    Id = "W", Rule = "b", Reason = "r", ApprovedBy = "x", Expires = BoardSamples.Now.AddDays(90), CapMicrounits = 5,
                    Scope = new() { Model = Named("model="), Host = Named("host=") },
                },
            ],
        };
        BoardWaiver waiver = Assert.Single(BoardReport.From(new()
        {
            Policy = policy,
            PolicyHash = "sha256:0",
            GeneratedAt = BoardSamples.Now,
            Totals = BoardSamples.Input.Totals,
            Host = "here",
            Budgets = [Of("model=a", a), Of("model=b", b), new() { Budget = "other", Kind = BudgetKind.Energy, Limit = 1, Spent = 100 }],
        }).Waivers);
        Assert.Equal((state, (double?)used), (waiver.State, waiver.Used));

        static BudgetStatus Of(string part, double spent) => new() { Budget = "b", Part = part, Kind = BudgetKind.Energy, Limit = 10, Spent = spent };
    }

    [Fact]
    public void Charters_HaveActualEnergyOfAttempts_ElseOfTheModel_ElseNone()
    {
        Assert.Equal([("vision", 100, false), ("search", 2 / 3.6e6, null), ("speech", null, (bool?)null)], _report.Charters.Select(charter => (charter.Project, charter.ActualKilowattHours, charter.IsReached)));
        Assert.Equal(
            ["", "NoBudget,EstimateExceeded", "BudgetUnknown"],
            _report.Charters.Select(charter => string.Join(',', charter.Problems.Select(problem => problem.Kind))));
    }

    [Fact]
    public void Policy_CountsPeopleOnce_AndNamesMissingRoles()
    {
        Assert.Equal((1, 2, "sha256:0123"), (_report.Policy.Approvers, _report.Policy.RequiredApprovals, _report.Policy.Hash));
        Assert.Equal(["board"], _report.Policy.MissingRoles);
    }

    [Fact]
    public void Quality_IsTheWorst()
    {
        BoardQuality quality = _report.Quality;
        Assert.Equal((MeasurementTier.Measured, 0.97, 3, 2, 4), (quality.Tier, quality.Coverage, quality.Holes, quality.Unmetered, quality.Dropped));
        Assert.Equal(new RelativeUncertainty(0.15, 0.2), quality.Uncertainty);
    }

    [Fact]
    public void ToJson_HasAllParts_WithPointsAndUnits()
    {
        using JsonDocument document = JsonDocument.Parse(_report.ToJson());
        JsonElement root = document.RootElement, month = root.GetProperty("budgets")[0];
        Assert.Equal(
            ["schemaVersion", "libraryVersion", "generatedAt", "service", "policy", "kpis", "budgets", "decisions", "waivers", "charters", "quality", "energy", "carbon", "events"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal([4e7, 2e7, 4e6], month.GetProperty("burnDown").EnumerateArray().Select(point => point.GetProperty("remaining").GetDouble()));
        Assert.Equal(("degrade", "microgramsCO2e", 5e7), (month.GetProperty("verdict").GetString(), month.GetProperty("unit").GetString(), month.GetProperty("forecast").GetDouble()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("budgets")[1].GetProperty("forecast").ValueKind);
        Assert.Equal((3e6, 1.5e6), (root.GetProperty("budgets")[1].GetProperty("forfeited").GetDouble(), root.GetProperty("budgets")[1].GetProperty("overrun").GetDouble()));
        Assert.Equal(("expiring", "notMet"), (root.GetProperty("waivers")[1].GetProperty("state").GetString(), root.GetProperty("kpis")[0].GetProperty("verdict").GetString()));
        Assert.Equal(["decisions", "policyRefused"], root.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("kind").GetString()!));
        Assert.Equal(10_000_000, root.GetProperty("energy").GetProperty("total").GetProperty("microjoules").GetInt64());
        Assert.Equal("2026-12-01", root.GetProperty("charters")[0].GetProperty("reviewDate").GetString());
    }

    [Fact]
    public void ToMarkdown_ShowsBudgetsWithBurnDownForecastAndVerdict()
    {
        string[] row = MarkdownReader.Rows(_report.ToMarkdown()).First(cells => cells[0] == "month" && cells.Length == 12);
        Assert.Equal(
            ["month", "degrade", "40 g", "36 g", "90 %", "4 g", "50 g (125 %)", "█▅▂", "2026-11-01 00:00:00Z to 2026-12-01 00:00:00Z", "measured", "W-1",
                "90 % is spent. 2 inference(s) are not in it: their cost could not be known."],
            row);
        string[] shadow = MarkdownReader.Rows(_report.ToMarkdown()).First(cells => cells[0] == "joules (model=ranker)");
        Assert.Equal(("deny (shadow)", "-1000 J", "–", "", "The ledger did not answer. 3 J are charged to holders that fell silent. 1.5 J were spent beyond what was reserved."), (shadow[1], shadow[5], shadow[6], shadow[7], shadow[11]));
    }

    [Fact]
    public void ToMarkdown_ShowsKpisWaiversChartersDecisionsQuality()
    {
        string text = _report.ToMarkdown();
        List<string[]> rows = MarkdownReader.Rows(text);
        Assert.StartsWith("# Board report: vision &#124; &#60;b&#62;\n", text, StringComparison.Ordinal);
        Assert.Contains("Version 3.1.0, sha256:0123, in force from 2026-11-01 12:00:00Z. Approved by 1 of 2 required. Approvals are missing of: board.", text, StringComparison.Ordinal);
        Assert.Contains(rows, row => row is ["cpi", "resnet50", "1 h", "Carbon per Inference (CPI)", "1.5 g", "≤ 1 g", "not met", _]);
        Assert.Contains(rows, row => row is ["regression", _, _, _, "2.2 J", "≤ 2.1 J (baseline)", "undefined", _]);
        Assert.Contains(rows, row => row is ["renewables", "–", "–", _, "undefined", "≥ 90 %", "undefined", _]);
        Assert.Contains(rows, row => row is ["W-1", "month", "model=resnet50, tenant=t", "active", _, "0 g", "5 g", "board", "migration"]);
        Assert.Contains(rows, row => row is ["W-2", "cpi", "all", "expiring", _, "–", "none", "board", "pilot"]);
        Assert.Contains(rows, row => row is ["vision", "owner", "resnet50", "120 kWh (pilot)", "100 kWh", "83.33 %", _, "not yet", "2026-12-01", "none"]);
        Assert.Contains(rows, row => row is ["month", "degrade", "12"]);
        Assert.Contains(rows, row => row is ["coverage", "97 %"]);
        Assert.Contains(rows, row => row is ["operational emissions", "unavailable. No zone."]);
        Assert.Contains(rows, row => row is ["Sustainability", "a|b", _]);
    }

    [Fact]
    public void Empty_SaysSoInEachPart()
    {
        BoardReportInput bare = new() { Policy = new() { Version = "1" }, PolicyHash = "sha256:0", GeneratedAt = BoardSamples.Now, Totals = BoardSamples.Input.Totals };
        string text = BoardReport.From(bare).ToMarkdown();
        foreach (string part in new[] { "No target is set.", "The policy has no budget.", "No decision was taken.", "There is none.", "Nothing happened." }) Assert.Contains(part, text, StringComparison.Ordinal);
        JsonDocument.Parse(BoardReport.From(bare).ToJson()).Dispose();
    }

    [Fact]
    public void Sparkline_SpreadsPoints_AndKeepsFirstAndLast()
    {
        BurnDownPoint[] falling = [.. Enumerable.Range(0, 1000).Select(i => new BurnDownPoint(BoardSamples.Now.AddMinutes(i), 999 - i))];
        string line = Sparkline.Of(falling, 999);
        Assert.Equal((24, '█', '▁'), (line.Length, line[0], line[^1]));
        Assert.Equal("█·▁", Sparkline.Of([new(BoardSamples.Now, 20), new(BoardSamples.Now, double.NaN), new(BoardSamples.Now, -5)], 10));
        Assert.Equal(("", "", "█"), (Sparkline.Of([], 1), Sparkline.Of(falling, 0), Sparkline.Of([new(BoardSamples.Now, 1)], 1)));
    }
}
