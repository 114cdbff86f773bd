using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Serves until it is told to end, or until the demonstration has.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(WebApplication app, ServeOptions options, CancellationToken cancellation)
    {
        IAnsiConsole console = SampleConsole.Create(LoadReport.Width);
        await using (app)
        {
            console.WriteLine("Training the models: a few seconds.");
            await app.StartAsync(cancellation);
            Uri service = new(app.Urls.First().Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal));
            EnergyMeter meter = app.Services.GetRequiredService<EnergyMeter>();
            foreach (PowerDevice device in meter.Detection.Devices) console.WriteLine($"Metered:   {device.Name}, {device.Tier}");
            console.WriteLine($"The page:  {new Uri(service, "greenai")}");
            console.WriteLine($"Metrics:   {new Uri(service, "metrics")}");
            console.WriteLine($"Try it:    curl -H 'Content-Type: application/json' -d @samples/InferenceService/seven.json {new Uri(service, "predict")}");
            if (options.IsDemo)
            {
                console.WriteLine();
                await new DemoRun(meter, service, console, TimeProvider.System).RunAsync(options.Duration, cancellation);
                console.WriteLine();
                console.WriteLine($"Where to look: {new Uri(service, "greenai")} while it serves (--keep goes on serving).");
            }

            if (!options.IsDemo || options.Keeps) await app.WaitForShutdownAsync(cancellation);
            await app.StopAsync(CancellationToken.None);
        }

        return 0;
    }
}
