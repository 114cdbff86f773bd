using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A real server on loopback whose meter reads a steady 20 W.</summary>
internal sealed class WebRig : IAsyncDisposable
{
    private WebRig(WebApplication app, HttpClient client)
    {
        App = app;
        Client = client;
    }

    public WebApplication App { get; }

    /// <summary>A client of the server, at its address.</summary>
    public HttpClient Client { get; }

    public EnergyMeter Meter => App.Services.GetRequiredService<EnergyMeter>();

    /// <summary>Starts a server.</summary>
    /// <param name="map">Builds the pipeline.</param>
    /// <param name="services">Adds services, after metering.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="options">The meter's options; 400 g/kWh at a PUE of 1 when none are given.</param>
    /// <param name="source">What is metered; the steady one when none is given.</param>
    /// <param name="observers">Observers of final footprints that are the meter's own, beside those of the container.</param>
    public static async Task<WebRig> StartAsync(
        Action<WebApplication> map,
        Action<IServiceCollection, IGreenAIMeteringBuilder>? services = null,
        BudgetPolicy? policy = null,
        GreenAIMeteringOptions? options = null,
        IPowerSource? source = null,
        params IInferenceObserver[] observers)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        options ??= new GreenAIMeteringOptions { Carbon = new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 } };
        builder.Services.AddSingleton(provider => new EnergyMeter(options, new MeterEnvironment
        {
            Sources = [source ?? new SteadySource(TimeProvider.System)],
            Policy = policy,
            Observers = [.. observers, .. provider.GetServices<IInferenceObserver>()],
        }));
        IGreenAIMeteringBuilder metering = builder.Services.AddGreenAIMetering();
        services?.Invoke(builder.Services, metering);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebRig(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
