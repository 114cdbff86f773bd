using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class SampleOptionsTests
{
    [Fact]
    public void From_NothingSet_IsTwoSeconds() => Assert.Equal(TimeSpan.FromSeconds(2), From(null).Phase);

    [Fact]
    public void From_Number_IsTaken() => Assert.Equal(TimeSpan.FromSeconds(0.5), From("0.5").Phase);

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("601")]
    public void From_AnythingElse_IsRefusedWithKeyValueAndRange(string text)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => From(text));

        Assert.Equal($"QuickStart:PhaseSeconds is '{text}'; it must be a number of seconds from 0.05 to 600.", refused.Message);
    }

    [Fact]
    public void From_NothingSet_ReportsIntoTheFolderOneIsIn() =>
        Assert.Equal(("quickstart-report.json", "quickstart-report.md"), (From(null).ReportPath, From(null).MarkdownPath));

    [Fact]
    public void From_ReportPath_IsTakenAndTheMarkdownLiesBesideIt() =>
        Assert.Equal(("/tmp/a.b/r.JSON", "/tmp/a.b/r.md"), (From(null, "/tmp/a.b/r.JSON").ReportPath, From(null, "/tmp/a.b/r.JSON").MarkdownPath));

    [Theory]
    [InlineData("")]
    [InlineData("report.md")]
    [InlineData("folder/.json")]
    public void From_ReportThatIsNoJsonFile_IsRefused(string path)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => From(null, path));

        Assert.Equal($"QuickStart:Report is '{path}'; it must be a file name that ends in .json.", refused.Message);
    }

    [Fact]
    public void From_NothingSet_ShowsABudgetInEightSecondsByTheFileBesideTheProgram() =>
        Assert.Equal((TimeSpan.FromSeconds(8), Path.Combine(AppContext.BaseDirectory, "greenai-policy.json")), (From(null).Budget, From(null).PolicyPath));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 2)]
    [InlineData("20", 20)]
    public void From_BudgetSeconds_AreTaken(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), WithBudget(text).Budget);

    [Theory]
    [InlineData("1")]
    [InlineData("21")]
    [InlineData("-0.1")]
    [InlineData("long")]
    public void From_OtherBudgetSeconds_AreRefusedWithKeyValueAndRange(string text)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => WithBudget(text));

        Assert.Equal($"QuickStart:BudgetSeconds is '{text}'; it must be a number of seconds from 2 to 20, or 0 to leave budgets out.", refused.Message);
    }

    [Theory]
    [InlineData("quickstart-report.json", "")]
    [InlineData("/tmp/a.b/r.json", "/tmp/a.b")]
    public void From_ReportPath_BoardAndAuditLogLieBesideIt(string report, string folder)
    {
        SampleOptions options = From(null, report);

        Assert.Equal(Path.Combine(folder, "quickstart-board.json"), options.BoardPath);
        Assert.Equal(Path.Combine(folder, "quickstart-board.md"), options.BoardMarkdownPath);
        Assert.Equal(Path.Combine(folder, "quickstart-audit"), options.AuditFolder);
    }

    private static SampleOptions WithBudget(string seconds) => SampleOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["QuickStart:BudgetSeconds"] = seconds })
        .Build());

    private static SampleOptions From(string? seconds, string? report = null) => SampleOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["QuickStart:PhaseSeconds"] = seconds, ["QuickStart:Report"] = report })
        .Build());
}
