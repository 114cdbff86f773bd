namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>One of the two files of unit tests of the rules, of which single tests can be taken.</summary>
internal static class RuleTestFile
{
    private const string Start = "\n- name: ";

    public static IReadOnlyList<string> Names { get; } = ["greenai.rules.test.yml", "greenai.slowburn.test.yml"];

    /// <summary>The file of the one test whose name begins so: all others are left out, for time.</summary>
    public static string Only(string name)
    {
        string text = Assert.Single(Names.Select(static file => Pack.Read($"prometheus/{file}")), text => text.Contains($"{Start}\"{name}", StringComparison.Ordinal));
        string[] parts = text.Split(Start);
        return parts[0] + Start + Assert.Single(parts, part => part.StartsWith($"\"{name}", StringComparison.Ordinal));
    }

    /// <summary>Runs promtool over rules and tests.</summary>
    public static async Task<ProgramRun> RunAsync(string rules, string tests)
    {
        string promtool = Installed.Program("promtool", "prometheus");
        using var folder = new TemporaryFolder();
        folder.Write("greenai.rules.yml", rules);
        folder.Write("test.yml", tests);
        return await ProgramRun.OfAsync(promtool, folder.Path, null, "test", "rules", "test.yml");
    }
}
