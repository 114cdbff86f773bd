using System.Text.Json;
using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>What changed from one report to another.</summary>
public sealed class ReportDiffTests
{
    private static readonly EfficiencyReport _full = ReportSamples.Full;

    [Fact]
    public void Compare_LessCarbonBeyondTheBands_IsBetter()
    {
        KpiChange change = Change(ReportSamples.Carbon("mlp", 100, 100), ReportSamples.Carbon("mlp", 50, 100));
        Assert.Equal((ChangeOutcome.Better, (bool?)false), (change.Outcome, change.IsWithinUncertainty));
        Assert.Equal((1.0, 0.5, -0.5, -0.5), (change.Before, change.After, change.Absolute, change.Relative));
        Assert.Equal((TargetVerdict.NotMet, TargetVerdict.Met, true), (change.VerdictBefore, change.VerdictAfter, change.IsVerdictChanged));
    }

    [Fact]
    public void Compare_BandsTouch_IsWithinUncertainty()
    {
        // ±10 % each: 1.00 reaches 1.10, and 1.22 reaches down to 1.098.
        Assert.Equal((ChangeOutcome.Worse, (bool?)true), Outcome(ReportSamples.Joules(null, 1, 1), ReportSamples.Joules(null, 1.22, 1)));
        Assert.Equal((ChangeOutcome.Worse, (bool?)false), Outcome(ReportSamples.Joules(null, 1, 1), ReportSamples.Joules(null, 1.23, 1)));
        Assert.Equal((ChangeOutcome.Worse, (bool?)null), Outcome(ReportSamples.Joules(null, 1, 1) with { Uncertainty = null }, ReportSamples.Joules(null, 1.23, 1)));
    }

    [Theory]
    [InlineData(Kpi.CarbonPerInference, false)]
    [InlineData(Kpi.CarbonPerSuccess, false)]
    [InlineData(Kpi.MarginalCarbonPerInference, false)]
    [InlineData(Kpi.EnergyPerInference, false)]
    [InlineData(Kpi.EnergyPerUnit, false)]
    [InlineData(Kpi.WattsPerQuery, false)]
    [InlineData(Kpi.ModelEfficiencyRatio, true)]
    [InlineData(Kpi.ModelEfficiencyRatioPerThousand, true)]
    [InlineData(Kpi.EnergyToSolution, false)]
    [InlineData(Kpi.HardwareUtilization, true)]
    [InlineData(Kpi.SustainedHardwareUtilization, true)]
    [InlineData(Kpi.DataEfficiencyScore, true)]
    [InlineData(Kpi.EmbodiedRate, false)]
    [InlineData(Kpi.EmbodiedCarbon, false)]
    [InlineData(Kpi.RenewableMatching, true)]
    [InlineData(Kpi.HourlyRenewableMatching, true)]
    [InlineData(Kpi.ComputeHoursPerOutcome, false)]
    [InlineData(Kpi.BusyComputeHoursPerOutcome, false)]
    [InlineData(Kpi.SoftwareCarbonIntensity, false)]
    public void Compare_MoreOfIt_IsBetterWhereMoreIs(Kpi kpi, bool higherIsBetter)
    {
        ReportKpi one = ReportSamples.Joules(null, 1, 1) with { Kpi = kpi };
        ReportKpi two = ReportSamples.Joules(null, 2, 1) with { Kpi = kpi };
        Assert.Equal(higherIsBetter ? ChangeOutcome.Better : ChangeOutcome.Worse, Outcome(one, two).Outcome);
        Assert.Equal(higherIsBetter ? ChangeOutcome.Worse : ChangeOutcome.Better, Outcome(two, one).Outcome);
        Assert.Equal(ChangeOutcome.Same, Outcome(one, one).Outcome);
    }

    [Fact]
    public void Compare_DefinedAndUndefined_IsSaidWithTheReason()
    {
        ReportKpi defined = ReportSamples.Joules(null, 1, 1) with { Kpi = Kpi.ModelEfficiencyRatio, Unit = "1/kWh", NumeratorUnit = "1", DenominatorUnit = "kWh" };
        ReportKpi undefined = ReportSamples.Undefined(Kpi.ModelEfficiencyRatio, KpiGap.NoAccuracy);
        Assert.Equal(ChangeOutcome.BecameUndefined, Outcome(defined, undefined).Outcome);
        Assert.Equal(ChangeOutcome.BecameDefined, Outcome(undefined, defined).Outcome);
        Assert.Equal(ChangeOutcome.StillUndefined, Outcome(undefined, undefined).Outcome);
        KpiChange change = Change(defined, undefined);
        Assert.Equal(("Nobody reported it.", null, null), (change.Reason, change.Absolute, change.Relative));
    }

    [Fact]
    public void Compare_OtherMethodOrBoundary_GramsAreNotComparedAndEnergyIs()
    {
        EfficiencyReport market = _full with { Accounting = _full.Accounting with { Method = CarbonMethod.MarketBased } };
        EfficiencyReport direct = _full with { Accounting = _full.Accounting with { Boundary = CarbonBoundary.Direct } };
        foreach (EfficiencyReport other in (EfficiencyReport[])[market, direct])
        {
            EfficiencyDiff diff = EfficiencyReport.Compare(_full, other);
            Assert.False(diff.IsCarbonComparable);
            Assert.Contains("answer different questions", diff.CarbonReason, StringComparison.Ordinal);
            Assert.Equal([ChangeOutcome.NotComparable, ChangeOutcome.Same, ChangeOutcome.StillUndefined], diff.Kpis.Select(kpi => kpi.Outcome));
            Assert.Equal((0.5, 0.5, null), (diff.Kpis[0].Before, diff.Kpis[0].After, diff.Kpis[0].Absolute));
            Assert.All(diff.Totals, total => Assert.Equal(total.Quantity == "operational", total.Absolute is null));
        }
    }

    [Fact]
    public void Compare_OtherUnits_IsNotCompared()
    {
        KpiChange change = Change(ReportSamples.Joules(null, 1, 1) with { DenominatorUnit = "{token}" }, ReportSamples.Joules(null, 1, 1));
        Assert.Equal((ChangeOutcome.NotComparable, "The units differ: J (J / {token}) and J (J / {inference})."), (change.Outcome, change.Reason));
    }

    [Fact]
    public void Compare_ModelsAndRowsComeAndGo_AreTold()
    {
        EfficiencyReport renamed = _full with
        {
            Models = [_full.Models[0] with { Name = "mlp-2" }, _full.Models[1]],
            Kpis = [_full.Kpis[0] with { Model = "mlp-2" }, _full.Kpis[1]],
        };
        EfficiencyDiff diff = EfficiencyReport.Compare(_full, renamed);
        Assert.Equal(["mlp-2"], diff.ModelsAdded);
        Assert.Equal(["mlp"], diff.ModelsRemoved);
        Assert.Equal([ChangeOutcome.Added, ChangeOutcome.Same, ChangeOutcome.Removed, ChangeOutcome.Removed], diff.Kpis.Select(kpi => kpi.Outcome));
        Assert.Equal(("mlp", 0.5, null), (diff.Kpis[2].Model, diff.Kpis[2].Before, diff.Kpis[2].After));
    }

    [Fact]
    public void Compare_RowsOfOneKey_AreComparedInTheirOrder()
    {
        ReportKpi first = ReportSamples.Joules(null, 1, 1), second = ReportSamples.Joules(null, 5, 1);
        EfficiencyDiff diff = EfficiencyReport.Compare(_full with { Kpis = [first, second] }, _full with { Kpis = [first, second, second] });
        Assert.Equal([ChangeOutcome.Same, ChangeOutcome.Same, ChangeOutcome.Added], diff.Kpis.Select(kpi => kpi.Outcome));
        diff = EfficiencyReport.Compare(_full with { Kpis = [first, first] }, _full with { Kpis = [first] });
        Assert.Equal([ChangeOutcome.Same, ChangeOutcome.Removed], diff.Kpis.Select(kpi => kpi.Outcome));
    }

    [Fact]
    public void Compare_Totals_AreExact()
    {
        EfficiencyReport more = _full with
        {
            Elapsed = _full.Elapsed * 2,
            Energy = _full.Energy with { Total = ReportSamples.Microjoules(1_500_000), Idle = ReportSamples.Microjoules(800_000) },
            Accounting = _full.Accounting with { Pue = 1.1 },
        };
        EfficiencyDiff diff = EfficiencyReport.Compare(_full, more);
        TotalChange total = diff.Totals.Single(change => change is { Quantity: "energy", Part: "total" });
        Assert.Equal((1.0, 1.5, 0.5, 0.5), (total.Before, total.After, total.Absolute, total.Relative));
        Assert.Contains("The PUE was 1.2 and is 1.1.", diff.Remarks);
        Assert.Contains("They cover 3600.25 s and 7200.5 s: totals differ for that alone.", diff.Remarks);
    }

    [Fact]
    public void Compare_WithEmpty_ReasonsStandForNumbers()
    {
        EfficiencyDiff diff = EfficiencyReport.Compare(_full, ReportSamples.Empty);
        Assert.All(diff.Totals, total => Assert.Equal((null, null), (total.After, total.Absolute)));
        Assert.All(diff.Totals, total => Assert.NotNull(total.Reason));
    }

    [Fact]
    public void Compare_AnyReports_IsWrittenAndLosesNoRow() => Gen.Select(ReportGen.Report, ReportGen.Report).Sample((before, after) =>
    {
        EfficiencyDiff diff = EfficiencyReport.Compare(before, after);
        using JsonDocument json = JsonDocument.Parse(diff.ToJson());
        if (json.RootElement.GetProperty("kpis").GetArrayLength() != diff.Kpis.Count) return false;
        int common = diff.Kpis.Count(kpi => kpi.Outcome is not (ChangeOutcome.Added or ChangeOutcome.Removed));
        int added = diff.Kpis.Count(kpi => kpi.Outcome == ChangeOutcome.Added);
        return common + added == after.Kpis.Count && diff.Kpis.Count - added == before.Kpis.Count && diff.ToMarkdown().Length > 0;
    }, iter: 500);

    [Fact]
    public void Compare_AnyReportWithItself_NothingChanged() => ReportGen.Report.Sample(report =>
    {
        EfficiencyDiff diff = EfficiencyReport.Compare(report, report);
        return diff.Kpis.All(kpi => kpi.Outcome is ChangeOutcome.Same or ChangeOutcome.StillUndefined && kpi.Absolute is null or 0)
            && diff.Totals.All(total => total.Absolute is null or 0)
            && diff.Remarks.Count + diff.ModelsAdded.Count + diff.ModelsRemoved.Count == 0;
    }, iter: 500);

    [Fact]
    public void ToJson_Full_SaysOutcomeAndBand()
    {
        EfficiencyReport better = _full with { Kpis = [ReportSamples.Carbon("mlp", 20, 200), .. _full.Kpis.Skip(1)] };
        JsonElement row = JsonDocument.Parse(EfficiencyReport.Compare(_full, better).ToJson()).RootElement.GetProperty("kpis")[0];
        Assert.Equal(("carbonPerInference", "better", false), (row.GetProperty("kpi").GetString(), row.GetProperty("outcome").GetString(), row.GetProperty("isWithinUncertainty").GetBoolean()));
        Assert.Equal((300, 0.5, 0.1), (row.GetProperty("windowSeconds").GetInt32(), row.GetProperty("before").GetDouble(), row.GetProperty("after").GetDouble()));
    }

    [Fact]
    public void ToMarkdown_HostileNames_StayText()
    {
        EfficiencyReport hostile = _full with
        {
            Models = [_full.Models[0] with { Name = "<b>|`x`" }, _full.Models[1]],
            Kpis = [ReportSamples.Joules("<b>|`x`", 1, 1)],
        };
        string text = EfficiencyReport.Compare(_full, hostile).ToMarkdown();
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains(MarkdownReader.Rows(text), row => row[0] == "<b>|`x`" && row[6] == "added");
    }

    private static (ChangeOutcome Outcome, bool? IsWithinUncertainty) Outcome(ReportKpi before, ReportKpi after)
    {
        KpiChange change = Change(before, after);
        return (change.Outcome, change.IsWithinUncertainty);
    }

    private static KpiChange Change(ReportKpi before, ReportKpi after) =>
        EfficiencyReport.Compare(_full with { Kpis = [before] }, _full with { Kpis = [after] }).Kpis.Single();
}
