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
    /// <summary>
    /// Tells the addresses, one a line, and serves until the input ends. Asked for a metered arm by a line with its name, it tells how many seconds of a processor its sampling and billing have taken.
    /// </summary>
    /// <param name="order">The arms in the order in which they begin.</param>
    /// <param name="pinned">Whether it has a core of its own.</param>
    /// <param name="input">Ends when the server shall.</param>
    /// <param name="output">Receives the lines.</param>
    public static async Task<int> RunAsync(IReadOnlyList<ThroughputArm> order, bool pinned, TextReader input, TextWriter output)
    {
        if (pinned) ThroughputCores.Take(Process.GetCurrentProcess(), server: true);
        var apps = new List<WebApplication>();
        var threads = new Dictionary<ThroughputArm, MeterThread>();
        using var listener = new MeterListener();
        foreach (ThroughputArm arm in order)
        {
            IReadOnlyList<string> others = MeterThread.Running();
            WebApplication app = Build(arm);
            if (arm == ThroughputArm.Governed) Listen(listener, app.Services.GetRequiredService<IMeterFactory>());
            await app.StartAsync();
            if (app.Services.GetService<EnergyMeter>() is { } meter) threads.Add(arm, MeterThread.Of(meter, others));
            apps.Add(app);
            await output.WriteLineAsync(app.Urls.Single());
        }

        await output.FlushAsync();
        while (await input.ReadLineAsync() is { } asked)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{asked} {threads[Enum.Parse<ThroughputArm>(asked)].Seconds():R}"));
            await output.FlushAsync();
        }

        foreach (WebApplication app in apps) await app.DisposeAsync();
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
