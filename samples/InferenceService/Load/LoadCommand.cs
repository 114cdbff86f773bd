using System.CommandLine;
using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary><c>load</c>: drives a service, here or on another machine, and says how it answered.</summary>
internal static class LoadCommand
{
    private const int StandardConnections = 8;
    private const int MaxConnections = 1024;

    public static Command Build()
    {
        Option<Uri> url = SampleCommands.Service("--url", "The service to drive.");
        Option<double> seconds = SampleCommands.Seconds("For how long.");
        Option<int> connections = new("--connections") { Description = "Requests at once.", DefaultValueFactory = _ => StandardConnections };
        connections.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is not (>= 1 and <= MaxConnections))
                result.AddError($"--connections must be from 1 to {MaxConnections}.");
        });
        Command command = new("load", "Drives a service with requests for some time and says how it answered.") { url, seconds, connections };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(url),
            TimeSpan.FromSeconds(result.GetValue(seconds)),
            result.GetValue(connections),
            SampleConsole.Create(LoadReport.Width),
            cancellation));
        return command;
    }

    /// <returns>The exit code: 1 when no request was answered at all.</returns>
    public static async Task<int> RunAsync(Uri url, TimeSpan duration, int connections, IAnsiConsole console, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        LoadMix mix = new();
        using LoadGenerator load = new(url, [.. Enumerable.Repeat(LoadStream.WithoutPause(mix.Next), connections)], time);
        using CancellationTokenSource end = new(duration, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        long start = time.GetTimestamp();
        await load.RunAsync(stop.Token);
        LoadReport.Print(console, load, time.GetElapsedTime(start));
        return load.Paths.Values.Any(path => path.Answers.Any(answer => char.IsAsciiDigit(answer.Key[0]))) ? 0 : 1;
    }
}
