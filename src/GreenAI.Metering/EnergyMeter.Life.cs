namespace GreenAI.Metering;

// What is opened with it, how it waits, and how it ends.
public sealed partial class EnergyMeter
{
    /// <summary>Stops the sampler, bills what has ended, and waits until observers were told.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        // Another thread may be billing still: what it hands out is told too.
        await _closed.Task.ConfigureAwait(false);
        await _dispatcher.CompleteAsync().ConfigureAwait(false);
        await Budgets.DisposeAsync().ConfigureAwait(false);
        await CompleteTraceAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the sampler and bills what has ended. Observers are told on their own thread; to wait for them use <see cref="DisposeAsync"/>.</summary>
    public void Dispose()
    {
        if (!Close()) return;
        _ = _dispatcher.CompleteAsync();
        // Leases go back and the audit log is written to its end; a ledger that hangs is not to hang the host.
        Task.Run(() => Budgets.DisposeAsync().AsTask()).Wait(_longestTrace);
        CompleteTraceAsync().GetAwaiter().GetResult();
    }

    // What is opened already is let go again where the next cannot be.
    private static (AuditLog? Audit, Stream? Trace) OpenFiles(GreenAIMeteringOptions options, BudgetOptions budgets, MeterEnvironment environment, PolicyStore policies)
    {
        AuditLog? audit = null;
        try
        {
            audit = budgets.AuditFolder is { } folder ? new AuditLog(new AuditLogOptions { Folder = folder }, environment.TimeProvider, environment.LoggerFactory) : null;
            return (audit, OpenTrace(options, environment));
        }
        catch (Exception)
        {
            policies.Dispose();
            audit?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static Stream? OpenTrace(GreenAIMeteringOptions options, MeterEnvironment environment)
    {
        if (options.TraceFile is not { } file) return environment.Trace;
        return environment.Trace is null
            ? TraceFile.Create(file, environment.TimeProvider.GetUtcNow())
            : throw new ArgumentException($"{GreenAIMeteringOptionsRules.DefaultSection}:TraceFile is '{file}', and a stream for the trace is given too; give one of them.", nameof(options));
    }

    // The last bytes of a trace are worth a moment; a disk that hangs is not to hang the host.
    private async Task CompleteTraceAsync()
    {
        if (_trace is null) return;
        try
        {
            await _trace.Finished.WaitAsync(_longestTrace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.TraceLate(_logger);
        }
    }

    // False when another call closes, or has closed, the meter.
    private bool Close()
    {
        Sampler? sampler;
        lock (_lifecycle)
        {
            if (_disposed) return false;
            _disposed = true;
            sampler = _sampler;
            _sampler = null;
        }

        try
        {
            sampler?.Dispose();
            _carbon.Feed?.Stop();
            _engine.Dispose();
            _metrics?.Dispose();
            DeviceClaims.Release(_claims);
        }
        finally
        {
            _closed.SetResult();
        }

        return true;
    }

    // The sampler's next tick may be later than a bill may wait: then this settlement closes what is late itself.
    private async Task WaitAsync(WindowEdge edge, CancellationToken cancellationToken)
    {
        try
        {
            await edge.Resolved.WaitAsync(_longestWait, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _engine.Tick();
        }
    }

    // Without a sampler nobody would poll a slow counter again: its interval closes as it stands.
    private WindowEdge Edge() => _engine.CloseNow(closeStandstill: !IsRunning);
}
