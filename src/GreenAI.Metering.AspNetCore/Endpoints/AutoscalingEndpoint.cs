using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering;

/// <summary><c>/autoscaling/{model}</c>: signals for KEDA's <c>metrics-api</c> and for HPA; 503 when they would be of the past.</summary>
internal sealed class AutoscalingEndpoint(EnergyMeter meter, SharedResult<AutoscalingSnapshot> snapshots, AutoscalingOptions options)
{
    private const int LongestName = 256;

    private static readonly TimeSpan _leastAge = TimeSpan.FromSeconds(10);

    // A driver that hangs holds up a close, and whoever waits for it.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(HttpContext context)
    {
        if (!meter.IsRunning)
        {
            await StaleAsync(context, "The meter is not running: nothing has been read.");
            return;
        }

        AutoscalingSnapshot snapshot;
        try
        {
            snapshot = await snapshots.GetAsync(_patience, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            await StaleAsync(context, "The meter does not answer: a reading of a device is under way and does not end.");
            return;
        }

        if (Staleness(snapshot) is { } reason) await StaleAsync(context, reason);
        else if (Find(snapshot, context.GetRouteValue("model") as string) is ({ } model, { } signals)) await WriteAsync(context, snapshot, model, signals);
        else await EndpointAnswer.ProblemAsync(context, StatusCodes.Status404NotFound, "No such model", "No model of this name has been registered or run. Names are case-sensitive; a slash within one is written %2F or as it is.");
    }

    private string? Staleness(AutoscalingSnapshot snapshot)
    {
        TimeSpan interval = meter.SamplingInterval;
        TimeSpan most = options.MaxAge ?? (interval * 3 > _leastAge ? interval * 3 : _leastAge);
        if (snapshot.Age is not { } age) return "No device is metered, or one was never read.";
        if (age > most) return string.Create(CultureInfo.InvariantCulture, $"The last reading of a device is {age.TotalSeconds:0.#} s old; at most {most.TotalSeconds:0.#} s are allowed.");
        return snapshot.Coverage >= options.MinCoverage
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"A device was read for {snapshot.Coverage:0.###} of the time; at least {options.MinCoverage:0.###} is asked.");
    }

    // The server leaves an escaped slash in a path as it is: in names of models such as org/name it stands for itself.
    private static (string? Model, AutoscalingSignals? Signals) Find(AutoscalingSnapshot snapshot, string? name)
    {
        if (name is null || name.Length is 0 or > LongestName * 3) return default;
        if (snapshot.Of(name) is { } signals) return (name, signals);
        string unescaped = name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return (unescaped, snapshot.Of(unescaped));
    }

    private static Task WriteAsync(HttpContext context, AutoscalingSnapshot snapshot, string model, AutoscalingSignals signals) => EndpointAnswer.WriteJsonAsync(context, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", "greenai/v1");
        writer.WriteString("model", model);
        writer.WriteString("timestamp", snapshot.Taken.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        signals.Write(writer);
        writer.WriteStartObject("quality");
        writer.WriteString("tier", snapshot.Tier.ToString());
        writer.WriteNumber("coverage", snapshot.Coverage);
        writer.WriteNumber("ageSeconds", Math.Round(snapshot.Age!.Value.TotalSeconds, 3));
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static Task StaleAsync(HttpContext context, string reason) =>
        EndpointAnswer.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "The signals are stale", reason);
}
