namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>A unit test that passes with wrong rules, or with wrong data, is none.</summary>
public sealed class SpoiltRuleTests
{
    public static TheoryData<Spoilt> Mistakes => [.. SpoiltRules.OfBudgets];

    public static TheoryData<Spoilt> Data =>
    [
        new Spoilt("spend", "'0+8x480'", "'0+5x480'", "8 times the pace, seen by two replicas"),
        new Spoilt("limit", "'43200x480'", "'86400x480'", "8 times the pace, seen by two replicas"),
        new Spoilt("decisions", "'0+5x480'", "'0+50x480'", "the same burn below the volume guard"),
        new Spoilt("joules", "'0+100x120'", "'0+10x120'", "energy regression over two replicas"),
        new Spoilt("coverage", "'0+30x60'", "'0+57x60'", "lost coverage"),
        new Spoilt("fair pace", "'0+5x900'", "'0+6x900'", "exactly the fair pace"),
    ];

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public Task UnitTests_RulesWithAMistake_Fail(Spoilt mistake) => MistakeIsFoundAsync(mistake);

    [Theory]
    [MemberData(nameof(Data), DisableDiscoveryEnumeration = true)]
    public async Task UnitTests_SpoiltData_Fail(Spoilt mistake)
    {
        string tests = RuleTestFile.Only(mistake.FoundBy);
        Assert.Contains(mistake.From, tests, StringComparison.Ordinal);
        await FailsAsync(Pack.Read(RuleFile.Path), tests.Replace(mistake.From, mistake.To, StringComparison.Ordinal));
    }

    internal static async Task MistakeIsFoundAsync(Spoilt mistake)
    {
        string rules = Pack.Read(RuleFile.Path);
        Assert.Contains(mistake.From, rules, StringComparison.Ordinal);
        await FailsAsync(rules.Replace(mistake.From, mistake.To, StringComparison.Ordinal), RuleTestFile.Only(mistake.FoundBy));
    }

    // promtool refuses rules that it cannot read too: that would prove nothing.
    private static async Task FailsAsync(string rules, string tests)
    {
        ProgramRun run = await RuleTestFile.RunAsync(RuleFile.OnlyWhat(tests, rules), tests);
        Assert.True(run.ExitCode == 1, run.Output);
        Assert.Matches("(?s)FAILED:.*(exp|got)", run.Output);
        Assert.DoesNotContain("parse error", run.Output, StringComparison.Ordinal);
    }
}
