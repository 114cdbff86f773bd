using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Drives the service for a while and tells what is happening.</summary>
internal sealed class DemoRun(EnergyMeter meter, Uri service, IAnsiConsole console, TimeProvider time)
{
    public const string Budget = "digits-wide-minute";

    // Of a window that is nearly over there is too little to see: the next one is waited for, unless there is no time to.
    private static readonly TimeSpan _leastOfWindow = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _fullShow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _afterWindow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _tell = TimeSpan.FromSeconds(5);

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        BudgetWatch watch = new(meter, Budget, time);
        watch.Look();
        if (duration >= _fullShow) duration = await FitAsync(watch, duration, cancellation);
        BudgetPace pace = new(watch, time.GetUtcNow(), duration, time);
        using LoadGenerator load = new(service, new DemoTraffic(pace, time).Streams(), time);
        long start = time.GetTimestamp();
        using CancellationTokenSource end = new(duration, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        await Task.WhenAll(load.RunAsync(stop.Token), watch.RunAsync(stop.Token), TellAsync(load, watch, start, duration, stop.Token));
        TimeSpan elapsed = time.GetElapsedTime(start);
        await DemoSummary.PrintAsync(console, meter, load, watch, elapsed);
    }

    /// <summary>Long enough to see the next window begin: for how long, when the load begins now.</summary>
    private async Task<TimeSpan> FitAsync(BudgetWatch watch, TimeSpan duration, CancellationToken cancellation)
    {
        if (watch.Now is not { } now) return duration;
        TimeSpan left = now.WindowEnd - now.At;
        if (left < _leastOfWindow)
        {
            console.WriteLine(FormattableString.Invariant($"The window of budget {Budget} ends in {left.TotalSeconds:0} s; the load begins with the next one."));
            await Task.Delay(left, time, cancellation);
            left = TimeSpan.FromMinutes(1);
        }

        return left + _afterWindow > duration ? left + _afterWindow : duration;
    }

    private async Task TellAsync(LoadGenerator load, BudgetWatch watch, long start, TimeSpan duration, CancellationToken stop)
    {
        TimeSpan period = duration / 4 < _tell ? duration / 4 : _tell;
        DemoLine before = DemoLine.Take(meter, load, time.GetElapsedTime(start));
        using PeriodicTimer timer = new(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                DemoLine now = DemoLine.Take(meter, load, time.GetElapsedTime(start));
                console.MarkupLine(now.Text(before, watch.Now));
                before = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the load.
        }
    }
}
