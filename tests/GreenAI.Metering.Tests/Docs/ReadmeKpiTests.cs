namespace GreenAI.Metering.Tests;

/// <summary>The README's worked examples against what the calculators say of the same examples.</summary>
public sealed class ReadmeKpiTests
{
    private const string Start = "<!-- kpi-examples -->\n";
    private const string End = "<!-- /kpi-examples -->";

    [Fact]
    public void KpiTable_OneExampleOfEachIndicator_WithTheResultThatIsComputed()
    {
        string[] computed = [.. KpiExamples.All.Where(example => example.IsInReadme).OrderBy(example => example.Kpi).Select(Row)];
        string[] documented = [.. MarkdownTable.Rows(Section(), "KPI", "example", "result").Select(row => string.Join(" | ", row))];
        Assert.Equal(string.Join('\n', computed), string.Join('\n', documented));
    }

    private static string Row(KpiExample example)
    {
        KpiValue value = example.Compute();
        string verdict = value.Verdict switch { TargetVerdict.Met => ", met", TargetVerdict.NotMet => ", not met", _ => "" };
        return $"{value.Definition.Name} ({value.Definition.Abbreviation}) | {example.Words} | {KpiText.ValueOf(value)}{verdict}";
    }

    private static string Section()
    {
        string[] parts = EmbeddedText.Readme.Split(Start);
        Assert.Equal(2, parts.Length);
        Assert.Contains(End, parts[1], StringComparison.Ordinal);
        return parts[1].Split(End)[0];
    }
}
