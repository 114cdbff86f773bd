using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Ticks the engine until it is disposed.</summary>
/// <remarks>
/// With the system's clock it owns one background thread, so that a starved thread pool cannot delay it; with any other
/// <see cref="TimeProvider"/> that provider's timers drive it, so that tests and simulations own its time.
/// </remarks>
internal sealed class Sampler : IDisposable
{
    private readonly Action _tick;
    private readonly ILogger _logger;

    // Without spinning: each wait lasts an interval, and spinning first makes busy processors switch threads a dozen times.
    private readonly ManualResetEventSlim _stop = new(false, 0);
    private readonly Thread? _thread;
    private readonly ITimer? _timer;
    private readonly TimeSpan _interval;

    public Sampler(Action tick, TimeSpan interval, TimeProvider timeProvider, ILogger logger)
    {
        _tick = tick;
        _interval = interval;
        _logger = logger;
        if (timeProvider == TimeProvider.System)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "GreenAI.Metering sampler" };
            _thread.Start();
        }
        else
        {
            _timer = timeProvider.CreateTimer(static state => ((Sampler)state!).Tick(), this, interval, interval);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stop.Set();
        // Called from the sampler's own thread only if a log sink disposes the meter: then there is nothing to wait for.
        if (_thread is not null && _thread != Thread.CurrentThread) _thread.Join();
    }

    private void Run()
    {
        while (!_stop.Wait(_interval)) Tick();
    }

    private void Tick()
    {
        try
        {
            _tick();
        }
        catch (Exception exception)
        {
            // Nothing in a tick should throw. If something does, the host must not end for it and metering goes on.
            Log.SamplerFailed(_logger, exception);
        }
    }
}
