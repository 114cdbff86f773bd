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
    private readonly LoadedSource _source;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _clients = [];

    private Service(WebApplication app, LoadedSource source)
    {
        _source = source;
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
        var source = new LoadedSource(TimeProvider.System);
        builder.Services.AddSingleton(_ => new EnergyMeter(options, new MeterEnvironment { Sources = [source], Policy = policy }));
        builder.Services.AddGreenAIMetering();
        WebApplication app = builder.Build();
        if (pathBase.Length > 0) app.UsePathBase(pathBase);
        app.UseRouting();
        app.UseInferenceMetering();
        models ??= ["ranker", "vision-large", "vision-small"];
        for (int i = 0; i < models.Length; i++)
        {
            int number = i;
            app.MapGet($"/run/{i}", context => RunAsync(context, source, number)).WithInferenceMetering(models[i]);
        }

        app.MapGreenAI("/greenai");
        await app.StartAsync();
        return new Service(app, source);
    }

    /// <summary>Keeps the endpoints busy, now more and now less.</summary>
    public Service Drive(int models = 3)
    {
        for (int client = 0; client < 2 * models; client++) _clients.Add(DriveAsync(client % models, client));
        _clients.Add(WorkAsync());
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
    private static async Task RunAsync(HttpContext context, LoadedSource source, int number)
    {
        await InferAsync(source, number, context.RequestAborted);
        if (Random.Shared.Next(40) == 0) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsync("7", context.RequestAborted);
    }

    private static async Task InferAsync(LoadedSource source, int number, CancellationToken cancellationToken)
    {
        double processor = 8 - (2 * number), accelerator = 10 + (25 * number);
        source.Add(processor, accelerator);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(12 + (12 * number)), cancellationToken);
        }
        finally
        {
            source.Add(-processor, -accelerator);
        }
    }

    // A job that spends from the same budget without asking, so that it is overspent and not only used up to what one more inference may cost.
    private async Task WorkAsync()
    {
        ModelHandle model = Meter.Model("ranker");
        while (!_ended.IsCancellationRequested)
        {
            using InferenceScope scope = Meter.Begin(model);
            await InferAsync(_source, 0, _ended.Token);
            scope.Complete();
        }
    }

    private async Task DriveAsync(int number, int client)
    {
        long start = TimeProvider.System.GetTimestamp();
        using var http = new HttpClient { BaseAddress = Address };
        while (!_ended.IsCancellationRequested)
        {
            using HttpResponseMessage response = await http.GetAsync($"/run/{number}", _ended.Token);
            // Who is refused comes again a little later.
            bool refused = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            await Task.Delay(TimeSpan.FromMilliseconds(refused ? 40 : 8 + (7 * Math.Sin((seconds / 6) + client))), _ended.Token);
        }
    }
}
