using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GreenAI.Metering.Fuzz;

/// <summary>An application with metering on a server without sockets, and a meter that reads a steady 20 W by a clock that moves only when it is told to.</summary>
internal sealed class WebRig : IDisposable
{
    private readonly FuzzServer _server = new();
    private readonly WebApplication _app;

    public WebRig(Action<WebApplication> map, Action<IServiceCollection, IGreenAIMeteringBuilder>? services = null, BudgetPolicy? policy = null, int maxNames = 256)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IServer>(_server);
        builder.Services.AddSingleton<IHostLifetime>(_server);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddRouting();
        Meter = new EnergyMeter(
            new GreenAIMeteringOptions
            {
                MaxModels = maxNames,
                MaxScopes = 4096,
                Budgets = new BudgetOptions { MaxTenants = maxNames },
                Carbon = new CarbonOptions { GramsPerKilowattHour = 400, Source = "fuzz", Pue = 1 },
            },
            new MeterEnvironment { TimeProvider = Time, Sources = [new SteadySource(Time)], ProcessorTimes = new FakeProcessorTimes(), Policy = policy });
        builder.Services.AddSingleton(Meter);
        services?.Invoke(builder.Services, builder.Services.AddGreenAIMetering());
        _app = builder.Build();
        map(_app);
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public WebClock Time { get; } = new();

    public EnergyMeter Meter { get; }

    public int Models => Meter.Engine.Models.Count;

    public int Tenants => Meter.Budgets.Tenants.Count;

    public WebAnswer Serve(WebRequest request) => _server.Serve(request);

    /// <summary>As long as it takes the meter to see what has happened, and to bill it.</summary>
    public void Tick() => Time.Advance(TimeSpan.FromMilliseconds(100));

    public void Dispose() => ((IDisposable)_app).Dispose();
}
