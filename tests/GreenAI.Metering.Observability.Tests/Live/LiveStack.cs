using System.Globalization;
using System.Net.Http.Json;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>A host under load, the real Prometheus that scrapes it by our configuration, the real Alertmanager, and somebody who is told.</summary>
public sealed class LiveStack : IAsyncLifetime
{
    /// <summary>The job of alerts that a test raises itself.</summary>
    internal const string RaisedJob = "raised";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _servers = [];
    private MeteredService? _service;
    private PrometheusApi? _prometheus;
    private string? _alertmanager;

    internal PrometheusApi Prometheus
    {
        get
        {
            Installed.Program("prometheus", "prometheus");
            return _prometheus!;
        }
    }

    internal MeteredService Service
    {
        get
        {
            Installed.Program("prometheus", "prometheus");
            return _service!;
        }
    }

    internal WebhookReceiver? Receiver { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Installed.Find("prometheus") is not { } prometheus) return;
        _service = await MeteredService.StartAsync();
        if (Installed.Find("prometheus-alertmanager") is { } program) _alertmanager = await StartAlertmanagerAsync(program);
        Write("prometheus.yml", Hasty.Configuration(Pack.Read("prometheus/prometheus.yml")));
        Write("greenai.rules.yml", Hasty.Rules(Pack.Read("prometheus/greenai.rules.yml")));
        Write("targets/service.yml", $"- targets: [\"{_service.Address.Authority}\"]");
        Write("targets/alertmanager.yml", _alertmanager is null ? "[]" : $"- targets: [\"{_alertmanager}\"]");
        ServerProcess server = await ServerProcess.StartAsync(prometheus, _folder.Path, "-/ready", port =>
        [
            "--config.file=prometheus.yml", "--storage.tsdb.path=data", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]);
        _servers.Add(server);
        _prometheus = new PrometheusApi(server.Address);
    }

    /// <summary>Asks again until there is a row that will do: the load has just begun.</summary>
    internal Task<IReadOnlyList<PrometheusSample>> EventuallyAsync(string expression, Func<PrometheusSample, bool>? will = null) =>
        Until.Async(() => Prometheus.QueryAsync(expression), rows => rows.Any(row => will?.Invoke(row) ?? true));

    /// <summary>Raises alerts at Alertmanager without a rule.</summary>
    internal async Task RaiseAsync(params (string Name, string Severity, string Budget)[] alerts)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            new Uri($"http://{_alertmanager}/api/v2/alerts"),
            alerts.Select(static alert => new { labels = new { alertname = alert.Name, severity = alert.Severity, greenai_budget = alert.Budget, job = RaisedJob } }),
            TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _prometheus?.Dispose();
        _servers.ForEach(static server => server.Dispose());
        if (Receiver is not null) await Receiver.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> StartAlertmanagerAsync(string program)
    {
        Receiver = await WebhookReceiver.StartAsync();
        Write("alertmanager.yml", Hasty.Route(Pack.Read("alertmanager/alertmanager.yml"), Receiver.Address));
        ServerProcess server = await ServerProcess.StartAsync(program, _folder.Path, "-/ready", port =>
        [
            "--config.file=alertmanager.yml", "--storage.path=alerts", "--cluster.listen-address=", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]);
        _servers.Add(server);
        return server.Address.Authority;
    }

    private void Write(string name, string text) => _folder.Write(name, text);
}
