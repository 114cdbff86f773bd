using System.Globalization;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>The real Prometheus on a free port and storage of its own, with our configuration and rules in a hurry.</summary>
internal sealed class ScrapingPrometheus : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServerProcess _server;

    private ScrapingPrometheus(TemporaryFolder folder, ServerProcess server)
    {
        _folder = folder;
        _server = server;
        Api = new PrometheusApi(server.Address);
    }

    public PrometheusApi Api { get; }

    /// <param name="program">Where it is installed.</param>
    /// <param name="service">What it scrapes.</param>
    /// <param name="alertmanager">Whom it tells; null: nobody.</param>
    public static async Task<ScrapingPrometheus> StartAsync(string program, Uri service, Uri? alertmanager)
    {
        var folder = new TemporaryFolder();
        folder.Write("prometheus.yml", Hasty.Configuration(Pack.Read("prometheus/prometheus.yml")));
        folder.Write("greenai.rules.yml", Hasty.Rules(Pack.Read("prometheus/greenai.rules.yml")));
        folder.Write("targets/service.yml", $"- targets: [\"{service.Authority}\"]");
        folder.Write("targets/alertmanager.yml", alertmanager is null ? "[]" : $"- targets: [\"{alertmanager.Authority}\"]");
        ServerProcess server = await ServerProcess.StartAsync(program, folder.Path, "-/ready", port =>
        [
            "--config.file=prometheus.yml", "--storage.tsdb.path=data", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]);
        return new ScrapingPrometheus(folder, server);
    }

    /// <summary>Asks again until there is a row that will do: the load has just begun.</summary>
    public Task<IReadOnlyList<PrometheusSample>> EventuallyAsync(string expression, Func<PrometheusSample, bool>? will = null) =>
        Until.Async(() => Api.QueryAsync(expression), rows => rows.Any(row => will?.Invoke(row) ?? true));

    public void Dispose()
    {
        Api.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }
}
