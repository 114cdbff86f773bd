using GreenAI.Metering.Observability.Tests.Grafana;
using GreenAI.Metering.Observability.Tests.Live;
using GreenAI.Metering.Observability.Tests.Rules;

namespace GreenAI.Metering.Observability.Tests.Sample;

/// <summary>The real sample and the real Prometheus: what the sample states, rules and panels have.</summary>
public sealed class SampleTests
{
    // What an application has to say and the sample does not: these are seen with the host of the tests.
    private static readonly string[] _notStated =
    [
        "greenai_budget_burn_rate{", "baseline_energy_per_inference", "greenai_kpi_energy_to_solution", "greenai_kpi_renewable_matching",
        "greenai_kpi_compute_time_per_outcome", "Deny|Delay",
    ];

    [Fact]
    public async Task RulesAndPanels_HaveDataOfTheSample()
    {
        string prometheus = Installed.Program("prometheus", "prometheus");
        if (!SampleProcess.IsHere) Assert.Skip("samples/InferenceService is not built beside the tests.");
        using ServerProcess sample = await SampleProcess.StartAsync();
        using ScrapingPrometheus scraping = await ScrapingPrometheus.StartAsync(prometheus, sample.Address, null);
        List<string> empty = [];
        foreach (string expression in Expressions())
        {
            if ((await scraping.EventuallyAsync(expression)).Count == 0) empty.Add(expression);
        }

        Assert.True(empty.Count == 0, $"{string.Join('\n', empty)}\n{sample.Log}");
        ProgramRun run = await ProgramRun.OfAsync(Installed.Program("promtool", "prometheus"), Pack.Folder, await MetricsAsync(sample), "check", "metrics");
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static IEnumerable<string> Expressions()
    {
        IEnumerable<string> rules = RuleFile.Rules(Pack.Read(RuleFile.Path)).Select(static rule => rule.IsAlert ? Opened.Alert(rule.Expression) : rule.Name);
        IEnumerable<string> panels = Dashboard.Load().Panels().SelectMany(static panel => panel.Targets()).Select(static target => Dashboard.Expression(target.Text("expr")!, "greenai"));
        return rules.Concat(panels).Select(Hasty.Expression).Where(static expression => !_notStated.Any(name => expression.Contains(name, StringComparison.Ordinal)));
    }

    private static async Task<string> MetricsAsync(ServerProcess sample)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(sample.Address, "metrics"), TestContext.Current.CancellationToken);
    }
}
