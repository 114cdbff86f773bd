using System.Globalization;
using System.Net.Http.Json;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>The real Alertmanager with our route, and somebody who is told.</summary>
internal sealed class TellingAlertmanager : IAsyncDisposable
{
    /// <summary>The job of alerts that a test raises itself.</summary>
    public const string RaisedJob = "raised";

    private readonly TemporaryFolder _folder;
    private readonly ServerProcess _server;
    private readonly WebhookReceiver _receiver;

    private TellingAlertmanager(TemporaryFolder folder, ServerProcess server, WebhookReceiver receiver)
    {
        _folder = folder;
        _server = server;
        _receiver = receiver;
    }

    public Uri Address => _server.Address;

    public IReadOnlyCollection<DeliveredAlert> Delivered => _receiver.Alerts;

    public static async Task<TellingAlertmanager> StartAsync(string program)
    {
        var folder = new TemporaryFolder();
        WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        folder.Write("alertmanager.yml", Hasty.Route(Pack.Read("alertmanager/alertmanager.yml"), receiver.Address));
        ServerProcess server = await ServerProcess.StartAsync(program, folder.Path, "-/ready", port =>
        [
            "--config.file=alertmanager.yml", "--storage.path=alerts", "--cluster.listen-address=",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]);
        return new TellingAlertmanager(folder, server, receiver);
    }

    /// <summary>Raises alerts without a rule.</summary>
    public async Task RaiseAsync(params (string Name, string Severity, string Budget)[] alerts)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            new Uri(Address, "api/v2/alerts"),
            alerts.Select(static alert => new { labels = new { alertname = alert.Name, severity = alert.Severity, greenai_budget = alert.Budget, job = RaisedJob } }),
            TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }
}
