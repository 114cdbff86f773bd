using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>Takes what Alertmanager delivers.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<DeliveredAlert> _alerts = new();
    private readonly WebApplication _host;

    private WebhookReceiver(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.First());

    public IReadOnlyCollection<DeliveredAlert> Alerts => _alerts;

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._host.MapPost("/{path}", receiver.TakeAsync);
        await receiver._host.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using JsonDocument json = await JsonDocument.ParseAsync(context.Request.Body);
        Assert.Equal("4", json.RootElement.GetProperty("version").GetString());
        foreach (JsonElement alert in json.RootElement.GetProperty("alerts").EnumerateArray())
        {
            _alerts.Enqueue(new DeliveredAlert(
                context.Request.Path.Value!.TrimStart('/'),
                alert.GetProperty("status").GetString()!,
                alert.GetProperty("labels").Deserialize<Dictionary<string, string>>()!,
                alert.GetProperty("annotations").Deserialize<Dictionary<string, string>>()!));
        }
    }
}
