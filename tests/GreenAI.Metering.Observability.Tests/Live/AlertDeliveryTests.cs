namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>From a budget that burns to somebody's pager.</summary>
[Collection(LiveTests.Name)]
public sealed class AlertDeliveryTests(LiveStack live)
{
    [Fact]
    public async Task Route_IsValid()
    {
        ProgramRun run = await ProgramRun.OfAsync(Installed.Program("amtool", "prometheus-alertmanager"), Pack.At("alertmanager"), null, "check-config", "alertmanager.yml");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("3 receivers", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page", "pager")]
    [InlineData("ticket", "tickets")]
    [InlineData("info", "information")]
    [InlineData("anything else", "information")]
    public async Task Route_OfASeverity_IsItsReceiver(string severity, string receiver)
    {
        ProgramRun run = await ProgramRun.OfAsync(
            Installed.Program("amtool", "prometheus-alertmanager"), Pack.At("alertmanager"), null, "config", "routes", "test", "--config.file=alertmanager.yml", $"severity={severity}");
        Assert.Equal((0, receiver), (run.ExitCode, run.Output.Split('\n')[0]));
    }

    [Theory]
    [InlineData("GreenAIBudgetBurn", "page", "greenai_budget", "joules", "Budget joules burns ")]
    [InlineData("GreenAIBudgetExceeded", "ticket", "greenai_budget", "grams", "Budget grams is used up: ")]
    [InlineData("GreenAIRequestsRefused", "ticket", "greenai_budget", "small-only", "small-only refuses or delays ")]
    [InlineData("GreenAIEnergyRegression", "ticket", "greenai_model", "large", "large energy per inference regressed to ")]
    public async Task Alert_OfALiveService_IsDelivered(string alert, string path, string label, string value, string summary)
    {
        DeliveredAlert? found = await Until.Async(
            () => Task.FromResult(live.Alertmanager.Delivered.FirstOrDefault(one => one.Name == alert && one.Labels[label] == value)), static one => one is not null);
        Assert.NotNull(found);
        Assert.Equal((path, "firing", "greenai"), (found.Path, found.Status, found.Labels["job"]));
        Assert.StartsWith(summary, found.Annotations["summary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alert_OfABudgetThatPages_RaisesNoTicketBeside()
    {
        await live.Alertmanager.RaiseAsync(("GreenAIBudgetBurn", "page", "paged"), ("GreenAIBudgetSlowBurn", "ticket", "paged"), ("GreenAIBudgetSlowBurn", "ticket", "slow"));
        string[] told = await Until.Async(() => Task.FromResult(Told()), static told => told.Length >= 2);
        Assert.Equal(["GreenAIBudgetBurn paged", "GreenAIBudgetSlowBurn slow"], told);

        string[] Told() => [.. live.Alertmanager.Delivered.Where(static alert => alert.Labels["job"] == TellingAlertmanager.RaisedJob).Select(static alert => $"{alert.Name} {alert.Labels["greenai_budget"]}").Distinct().Order()];
    }
}
