using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>The gateway before the real service.</summary>
[Collection<DemoCollection>]
public sealed class GatewayOfServiceTests(DemoService service)
{
    [Fact]
    public async Task Predict_ThroughTheGateway_TellsTheMeanInsteadOfTheRequest()
    {
        await using WebApplication gateway = GatewayApp.Create(service.Client.BaseAddress!, "http://127.0.0.1:0", isHttp2: false);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = new Uri(gateway.Urls.Single()) };

        using HttpResponseMessage response = await client.PostAsJsonAsync("predict", new { pixels = new float[64] }, TestContext.Current.CancellationToken);

        response.EnsureSuccessStatusCode();
        Assert.False(response.Headers.Contains(CarbonHeaders.Request));
        Assert.False(response.Headers.Contains(CarbonHeaders.ServerTiming));
        Assert.True(CarbonHeaders.Grams(response.Headers.GetValues(CarbonHeaders.PerInference)) > 0);
    }
}
