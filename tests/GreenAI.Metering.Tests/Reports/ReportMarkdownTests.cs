using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Reports for people.</summary>
public sealed class ReportMarkdownTests
{
    [Fact]
    public void ToMarkdown_Full_ShowsIndicatorsWithBandTargetAndVerdict()
    {
        string[] row = MarkdownReader.Rows(ReportSamples.Full.ToMarkdown()).First(cells => cells[0] == "mlp");
        Assert.Equal(["mlp", "5 min", "Carbon per Inference (CPI)", "0.5 g", "100 g / 200 {inference}", "±10 %", "< 1 g", "met", "An inference costs this many grams."], row);
    }

    [Fact]
    public void ToMarkdown_Undefined_IsSaidWithItsReason()
    {
        string[] row = MarkdownReader.Rows(ReportSamples.Full.ToMarkdown()).First(cells => cells.Length > 2 && cells[2].Contains("(MER)", StringComparison.Ordinal));
        Assert.Equal(("undefined (noAccuracy)", "–", "–", "undefined"), (row[3], row[4], row[5], row[7]));
        Assert.EndsWith("Nobody reported it.", row[8], StringComparison.Ordinal);
    }

    [Fact]
    public void ToMarkdown_Empty_SaysUnavailableAndShowsNoZeroGrams()
    {
        string text = ReportSamples.Empty.ToMarkdown();
        Assert.Contains("Operational grams are unavailable (notConfigured). No zone is configured: set Carbon:Zone.", text, StringComparison.Ordinal);
        Assert.Contains("Embodied grams are unavailable. No embodied figures are stated.", text, StringComparison.Ordinal);
        Assert.Contains("Unavailable: no device was read.", text, StringComparison.Ordinal);
        Assert.Contains("Water: unavailable.", text, StringComparison.Ordinal);
        Assert.Empty(MarkdownReader.Rows(text));
    }

    [Fact]
    public void ToMarkdown_Ratio_IsInPercent_ItsTargetToo()
    {
        KpiValue matched = RenewableMatching.OfPeriod(Amounts.Measured(9.5), Amounts.Measured(10)), utilization = HardwareUtilization.Sustained([0.6], new double[1], MeasurementTier.Measured, null, "cpu");
        ReportKpi[] rows = [ReportKpi.From(matched, matched.Explain()), ReportKpi.From(utilization, utilization.Explain())];
        List<string[]> cells = MarkdownReader.Rows((ReportSamples.Full with { Kpis = rows }).ToMarkdown());
        Assert.Equal(("95 %", "9.5 kWh / 10 kWh", "> 90 %", "met"), (cells[2][3], cells[2][4], cells[2][6], cells[2][7]));
        Assert.Equal(("60 %", "0.6 / 1", "–"), (cells[3][3], cells[3][4], cells[3][6]));
    }

    [Fact]
    public void ToMarkdown_RatioInADiff_IsInPercent()
    {
        EfficiencyReport before = Of(5), after = Of(9.5);
        string[] row = MarkdownReader.Rows(EfficiencyReport.Compare(before, after).ToMarkdown())[2];
        Assert.Equal(("50 %", "95 %"), (row[3], row[4]));

        static EfficiencyReport Of(double green) =>
            ReportSamples.Full with { Kpis = [ReportKpi.From(RenewableMatching.OfPeriod(Amounts.Measured(green), Amounts.Measured(10)), "Green.")] };
    }

    [Fact]
    public void Unbounded_IsCarriedByAllForms()
    {
        KpiValue value = ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, Amounts.Measured(1, 1), 1);
        Assert.True(value.IsUnbounded);
        EfficiencyReport report = ReportSamples.Full with { Kpis = [ReportKpi.From(value, value.Explain()), ReportSamples.Carbon(null, 1, 2)] };
        Assert.Equal([true, false], EfficiencyReport.FromJson(report.ToJson()).Kpis.Select(kpi => kpi.IsUnbounded));
        Assert.Equal("no upper bound known", MarkdownReader.Rows(report.ToMarkdown())[2][5]);
        List<string[]> csv = CsvReader.Read(report.ToKpiCsv());
        Assert.Equal(["true", "false"], csv.Skip(1).Select(row => row[Array.IndexOf(csv[0], "is_unbounded")]));
    }

    [Fact]
    public void Unbounded_OfAValueThatIsNoNumber_IsNotSaid() => Assert.False(ReportKpi.From(
        new KpiValue { Kpi = Kpi.ModelEfficiencyRatio, Numerator = 1, Denominator = 0, IsUnbounded = true }, "Nothing.").IsUnbounded);

    [Fact]
    public void ToMarkdown_NotAchieved_ShowsWhatItHasCost()
    {
        ReportKpi kpi = ReportKpi.From(new KpiValue { Kpi = Kpi.EnergyToSolution, Gap = KpiGap.NotAchieved, Numerator = 2_500_000, Tier = MeasurementTier.Measured }, "Not achieved.");
        string[] row = MarkdownReader.Rows((ReportSamples.Full with { Kpis = [kpi] }).ToMarkdown())[2];
        Assert.Equal(("undefined (notAchieved)", "2500000 kWh / –"), (row[3], row[4]));
    }

    [Fact]
    public void ToMarkdown_ModelNotMetered_HasNoZeroJoules()
    {
        EfficiencyReport report = ReportSamples.Full with { Models = [ReportSamples.Full.Models[0] with { Tier = MeasurementTier.Unavailable, Operational = null }] };
        string[] row = MarkdownReader.Rows(report.ToMarkdown()).First(cells => cells.Length == 13 && cells[0] == "mlp");
        Assert.Equal(("unavailable", "unavailable", "unavailable"), (row[7], row[8], row[10]));
        Assert.Contains(CsvReader.Read(report.ToTotalsCsv()), cells => cells[3] == "model" && cells[2] == "energy" && cells[5].Length + cells[6].Length == 0 && cells[8].Length > 0);
    }

    [Fact]
    public void ToMarkdown_Full_ShowsEachFactorWithItsRank()
    {
        List<string[]> rows = MarkdownReader.Rows(ReportSamples.Full.ToMarkdown());
        Assert.Contains(rows, row => row[0] == "342.06" && row[3] == "Ember, 2024" && row[4] == "CC BY 4.0");
        Assert.Contains(rows, row => row[0] == "381" && row[^1] == "estimated fallback 1");
    }

    [Theory]
    [InlineData("a | b", "a &#124; b")]
    [InlineData("\\|", "&#92;&#124;")]
    [InlineData("`rm`", "&#96;rm&#96;")]
    [InlineData("<img src=x onerror=alert(1)>", "&#60;img src=x onerror=alert(1)&#62;")]
    [InlineData("&lt;b&gt;", "&#38;lt;b&#38;gt;")]
    [InlineData("[x](http://evil.example)", "&#91;x&#93;(http&#58;//evil.example)")]
    [InlineData("www.evil.example", "www&#46;evil.example")]
    [InlineData("**bold** _it_", "&#42;&#42;bold&#42;&#42; &#95;it&#95;")]
    [InlineData("my_model_2", "my_model_2")]
    [InlineData("one\r\n# two\u2028three\u202Efour", "one  # two three four")]
    [InlineData("~~gone~~ $x$ @all", "&#126;&#126;gone&#126;&#126; &#36;x&#36; &#64;all")]
    public void Escape_HostileName_StaysText(string name, string expected) => Assert.Equal(expected, MarkdownText.Escape(name));

    [Fact]
    public void ToMarkdown_AnyNames_EachTableKeepsItsColumnsAndNoLineIsAdded() => ReportGen.Report.Sample(report =>
    {
        string text = report.ToMarkdown();
        int columns = 0;
        foreach (string line in text.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                columns = 0;
                if (line.Contains('<', StringComparison.Ordinal) || line.Contains('`', StringComparison.Ordinal)) return false;
                continue;
            }

            int here = line.Count(letter => letter == '|');
            if (columns != 0 && columns != here) return false;
            columns = here;
        }

        return MarkdownReader.Rows(text).Count(row => row.Length == 9 && row[2].EndsWith(')')) == report.Kpis.Count;
    }, iter: 500);
}
