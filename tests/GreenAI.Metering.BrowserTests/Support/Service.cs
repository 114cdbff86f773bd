using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>A real service on loopback with metered endpoints, the page, and clients that keep it busy.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _clients = [];

    private Service(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }

    public EnergyMeter Meter => _app.Services.GetRequiredService<EnergyMeter>();

    /// <summary>Starts a service.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="models">The models, each behind an endpoint of its number.</param>
    /// <param name="pathBase">The base of all its addresses.</param>
    /// <param name="port">Its port; 0: a free one.</param>
    public static async Task<Service> StartAsync(BudgetPolicy? policy = null, string[]? models = null, string pathBase = "", int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "recommendations", EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, port));
        var carbon = new CarbonOptions { GramsPerKilowattHour = 412, Source = "Demonstration grid, 2026", Pue = 1.18 };
        carbon.Embodied["server"] = new EmbodiedOptions { KilogramsCO2e = 1200, Source = "demonstration", LifespanYears = 5 };
        var options = new GreenAIMeteringOptions { Carbon = carbon };
        builder.Services.AddSingleton(_ => new EnergyMeter(options, new MeterEnvironment { Sources = [new WavingSource(TimeProvider.System)], Policy = policy }));
        builder.Services.AddGreenAIMetering();
        WebApplication app = builder.Build();
        if (pathBase.Length > 0) app.UsePathBase(pathBase);
        app.UseRouting();
        app.UseInferenceMetering();
        models ??= ["ranker", "vision-large", "vision-small"];
        for (int i = 0; i < models.Length; i++)
        {
            int number = i;
            app.MapGet($"/run/{i}", context => RunAsync(context, number)).WithInferenceMetering(models[i]);
        }

        app.MapGreenAI("/greenai");
        await app.StartAsync();
        return new Service(app);
    }

    /// <summary>Keeps the endpoints busy: one client each, and of the first two.</summary>
    public Service Drive(int models = 3)
    {
        for (int i = 0; i < models; i++) _clients.Add(DriveAsync(i));
        _clients.Add(DriveAsync(0));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        foreach (Task client in _clients) await client.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        _ended.Dispose();
    }

    // Takes as long as an inference would; one in forty fails.
    private static async Task RunAsync(HttpContext context, int number)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(15 + (20 * number)), context.RequestAborted);
        if (Random.Shared.Next(40) == 0) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsync("7", context.RequestAborted);
    }

    private async Task DriveAsync(int number)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (!_ended.IsCancellationRequested)
        {
            using HttpResponseMessage response = await client.GetAsync($"/run/{number}", _ended.Token);
            // Who is refused comes again a little later.
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) await Task.Delay(50, _ended.Token);
        }
    }
}
