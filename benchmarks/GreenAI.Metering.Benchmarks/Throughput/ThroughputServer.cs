using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// Serves the same minimal endpoint once per <see cref="ThroughputArm"/>, each from a Kestrel of its own, in one process: what differs between
/// processes (layout, compilation, collector) is the same for all.
/// </summary>
internal static class ThroughputServer
{
    /// <summary>Tells the addresses, one a line, serves until the input ends, and tells then what share of a processor each metered arm's sampling and billing took.</summary>
    /// <param name="first">The arm that begins; the others follow in their order.</param>
    /// <param name="pinned">Whether it has a core of its own.</param>
    /// <param name="input">Ends when the server shall.</param>
    /// <param name="output">Receives the lines.</param>
    public static async Task<int> RunAsync(int first, bool pinned, TextReader input, TextWriter output)
    {
        if (pinned) ThroughputCores.Take(Process.GetCurrentProcess(), server: true);
        var apps = new List<(ThroughputArm Arm, WebApplication App)>();
        using var listener = new MeterListener();
        ThroughputArm[] arms = Enum.GetValues<ThroughputArm>();
        foreach (ThroughputArm arm in arms.Select((_, i) => arms[(first + i) % arms.Length]))
        {
            WebApplication app = Build(arm);
            if (arm == ThroughputArm.Governed) Listen(listener, app.Services.GetRequiredService<IMeterFactory>());
            await app.StartAsync();
            apps.Add((arm, app));
            await output.WriteLineAsync(app.Urls.Single());
        }

        await output.FlushAsync();
        await input.ReadToEndAsync();
        foreach ((ThroughputArm arm, WebApplication app) in apps.OrderBy(served => served.Arm))
        {
            if (app.Services.GetService<EnergyMeter>() is { } meter)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{arm} {meter.GetTotals().SelfCost.ProcessorShare:R}"));
        }

        await output.FlushAsync();
        foreach ((_, WebApplication app) in apps) await app.DisposeAsync();
        return 0;
    }

    private static WebApplication Build(ThroughputArm arm)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        // As the template of a web service has it.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        bool isMetered = arm is ThroughputArm.Metered or ThroughputArm.Governed;
        if (isMetered)
        {
            IGreenAIMeteringBuilder metering = builder.Services.AddGreenAIMetering(
                options => options.Carbon = new CarbonOptions { GramsPerKilowattHour = 400, Source = "benchmark", Pue = 1 });
            if (arm == ThroughputArm.Governed) metering.AddPolicy(Budgeted.Policy);
        }

        WebApplication app = builder.Build();
        if (isMetered) app.UseInferenceMetering();
        IEndpointConventionBuilder endpoint = arm == ThroughputArm.Slowed ? app.MapGet("/", AnswerSlowly) : app.MapGet("/", Answer);
        if (isMetered) endpoint.WithInferenceMetering(Budgeted.Model);
        return app;
    }

    private static string Answer() => "Hello, World!";

    private static string AnswerSlowly()
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < 1)
        {
        }

        return Answer();
    }

    private static void Listen(MeterListener listener, IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name.StartsWith("GreenAI.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.Start();
    }
}
