namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>A host under load, the real Prometheus that scrapes it by our configuration, the real Alertmanager, and somebody who is told.</summary>
public sealed class LiveStack : IAsyncLifetime
{
    private MeteredService? _service;
    private ScrapingPrometheus? _prometheus;
    private TellingAlertmanager? _alertmanager;

    internal ScrapingPrometheus Prometheus
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

    internal TellingAlertmanager Alertmanager
    {
        get
        {
            Installed.Program("prometheus", "prometheus");
            Installed.Program("prometheus-alertmanager", "prometheus-alertmanager");
            return _alertmanager!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Installed.Find("prometheus") is not { } prometheus) return;
        _service = await MeteredService.StartAsync();
        if (Installed.Find("prometheus-alertmanager") is { } alertmanager) _alertmanager = await TellingAlertmanager.StartAsync(alertmanager);
        _prometheus = await ScrapingPrometheus.StartAsync(prometheus, _service.Address, _alertmanager?.Address);
    }

    internal Task<IReadOnlyList<PrometheusSample>> EventuallyAsync(string expression, Func<PrometheusSample, bool>? will = null) => Prometheus.EventuallyAsync(expression, will);

    public async ValueTask DisposeAsync()
    {
        _prometheus?.Dispose();
        if (_alertmanager is not null) await _alertmanager.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
    }
}
