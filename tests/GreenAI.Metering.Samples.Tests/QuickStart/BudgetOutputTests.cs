using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class BudgetOutputTests : IDisposable
{
    private const string Explanation =
        "Deny by digits-mlp-minute, decision 11, policy 1.0.0 (sha256:e18ee53aff5b722d2344642e3b6ac8828159302b04c7876f05e1f8f9af2fb369), model digits-mlp.\n"
        + "digits-mlp-minute: 13.942491 J of 13.9 J (100.3 %) spent, at or above 100 %: deny until below 100 %.\n"
        + "carbon-per-inference: Allow.";

    private readonly string _folder = Directory.CreateTempSubdirectory("quickstart-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Changes_AreRowsWithTheBudgetsReason_AndTheDenyInFull()
    {
        DateTimeOffset time = new(2026, 11, 1, 12, 0, 8, TimeSpan.Zero);
        VerdictChange deny = new(time, Verdict.Deny, Explanation);

        string text = Print(console => BudgetTable.Print(console, [new VerdictChange(time, Verdict.Allow, "Allow.\ndigits-mlp-minute: Allow."), deny], "digits-mlp-minute"));

        Assert.Matches(@"(?m)^ 12:00:08\.0 +Allow +digits-mlp-minute: Allow\.", text);
        Assert.Matches(@"(?m)^ 12:00:08\.0 +Deny +digits-mlp-minute: 13\.942491 J of 13\.9 J", text);
        Assert.Equal(1, text.Split("carbon-per-inference: Allow.").Length - 1);
        Assert.DoesNotContain("a moment early", text, StringComparison.Ordinal);
        Assert.Contains("a moment early", Print(console => BudgetTable.Print(console, [deny, deny with { Verdict = Verdict.Degrade }, deny], "digits-mlp-minute")), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_AreOnALineForEachBudget()
    {
        BoardDecisions[] decisions =
        [
            new() { Budget = "digits-mlp-minute", Verdict = Verdict.Allow, Count = 21_403 },
            new() { Budget = "digits-mlp-minute", Verdict = Verdict.Deny, Count = 2_546 },
        ];

        string text = Print(console =>
        {
            BudgetTable.Print(console, new RequestTally { Ran = 41_519, Exempt = 9_434, Degraded = 9_440, Refused = 2_546, Unlimited = 2_546 }, "digits-mlp", "digits-linear");
            BudgetTable.Print(console, decisions);
        });

        Assert.Contains("Decisions by digits-mlp-minute: 21,403 Allow, 2,546 Deny.", text, StringComparison.Ordinal);
        Assert.Contains("9,440 ran on digits-linear instead, 2,546 were refused.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuditLog_Intact_ThenChanged_IsToldWithFileAndLine()
    {
        string audit = Path.Combine(_folder, "audit");
        GreenAIMeteringOptions options = new() { Sources = [], Budgets = { AuditFolder = audit, PolicyFile = Path.Combine(AppContext.BaseDirectory, "greenai-policy.json") } };
        EnergyMeter meter = new(options);
        BoardReport board = await meter.Budgets.ReportAsync(Token);
        await meter.DisposeAsync();
        AuditHead head = meter.Budgets.Audit!.Head;
        (bool isIntact, IReadOnlyList<string> lines) = await AuditCheck.RunAsync(audit, head);
        Assert.True(isIntact);
        Assert.StartsWith("Audit log intact: ", Assert.Single(lines), StringComparison.Ordinal);

        string file = Directory.GetFiles(audit, "*.jsonl").Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("1.0.0", "1.0.1", StringComparison.Ordinal), Token);
        (isIntact, lines) = await AuditCheck.RunAsync(audit, head);
        Assert.False(isIntact);
        Assert.StartsWith("AUDIT LOG NOT INTACT: ", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{Path.GetFileName(file)}:", lines[1], StringComparison.Ordinal);

        SampleOptions sample = new(TimeSpan.Zero, TimeSpan.Zero, "", Path.Combine(_folder, "report.json"));
        await BoardFiles.WriteAsync(board, sample);
        Assert.StartsWith("# Board report", await File.ReadAllTextAsync(sample.BoardMarkdownPath, Token), StringComparison.Ordinal);
        Assert.Contains("digits-mlp-minute", await File.ReadAllTextAsync(sample.BoardPath, Token), StringComparison.Ordinal);
    }

    private static string Print(Action<IAnsiConsole> print)
    {
        StringWriter output = new();
        print(SampleConsole.Plain(output));
        string text = output.ToString();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 100));
        return text;
    }
}
