namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>The rules and their own unit tests, judged by promtool.</summary>
public sealed class RuleFileTests
{
    public static TheoryData<string> Files => [.. RuleTestFile.Names];

    [Fact]
    public async Task Configuration_IsValid_WithItsRules()
    {
        ProgramRun run = await ProgramRun.OfAsync(Installed.Program("promtool", "prometheus"), Pack.At("prometheus"), null, "check", "config", "prometheus.yml");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("1 rule files found", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_Lint_IsClean()
    {
        ProgramRun run = await ProgramRun.OfAsync(Installed.Program("promtool", "prometheus"), Pack.At("prometheus"), null, "check", "rules", "--lint=all", "--lint-fatal", "greenai.rules.yml");
        Assert.True(run.ExitCode == 0, run.Output);
    }

    // What the tests of mistakes rest on: without a mistake the same few rules pass.
    [Theory]
    [InlineData("8 times the pace, seen by two replicas")]
    [InlineData("energy regression over two replicas")]
    [InlineData("a grid that is dirtier")]
    public async Task UnitTests_OfOneTestAndItsRulesAlone_Pass(string name)
    {
        string tests = RuleTestFile.Only(name);
        ProgramRun run = await RuleTestFile.RunAsync(RuleFile.OnlyWhat(tests, Pack.Read(RuleFile.Path)), tests);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task UnitTests_Pass(string file)
    {
        ProgramRun run = await RuleTestFile.RunAsync(Pack.Read(RuleFile.Path), Pack.Read($"prometheus/{file}"));
        Assert.True(run.ExitCode == 0, run.Output);
    }
}
