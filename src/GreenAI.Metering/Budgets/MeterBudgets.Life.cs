namespace GreenAI.Metering;

// What happens to budgets while the meter runs.
public sealed partial class MeterBudgets
{
    internal async ValueTask DisposeAsync()
    {
        ITimer? timer;
        lock (_making)
        {
            if (_disposed) return;
            _disposed = true;
            timer = _timer;
        }

        _policies.Dispose();
        if (timer is not null) await timer.DisposeAsync().ConfigureAwait(false);
        if (Gate is { } gate)
        {
            Beat();
            try
            {
                await gate.DisposeAsync().AsTask().WaitAsync(_longestFarewell).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // A ledger that hangs: its leases end by themselves, and the audit log is to be written to its end.
            }
        }

        await _events.CompleteAsync().ConfigureAwait(false);
        if (Audit is not null) await Audit.DisposeAsync().ConfigureAwait(false);
        if (_ownsLedger) await _ledger.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What is done each second beside closes: targets of indicators, counts of decisions, admissions that were forgotten.</summary>
    internal void Beat()
    {
        // A beat that takes longer than a second is not queued behind.
        if (Gate is not { } gate || Interlocked.Exchange(ref _beating, 1) != 0) return;
        try
        {
            DateTimeOffset utc = _timeProvider.GetUtcNow();
            if (gate.Generation is { Kpis.Length: > 0 } generation) EvaluateKpis(generation, utc);
            gate.Decisions.Tell(utc, Publish);
            gate.Sweep(_forgottenAfter);
            TellFailure();
        }
        catch (Exception exception)
        {
            // On a thread of the timer it would end the process.
            Log.BudgetsFailed(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }

    private void TellFailure()
    {
        if (_policies.Failure is not { } failure || ReferenceEquals(failure, _failure)) return;
        _failure = failure;
        Log.PolicyFailed(_logger, failure);
    }

    private void EvaluateKpis(BudgetGeneration generation, DateTimeOffset utc)
    {
        IReadOnlyList<KpiReading> readings = _meter.Kpis.Latest();
        bool changed = false;
        foreach (KpiBook book in generation.Kpis)
        {
            double value = double.NaN;
            foreach (KpiReading reading in readings)
            {
                if (reading.Value.Kpi == book.Rule.Kpi && reading.Model == book.Model && (reading.Asked is null || reading.Asked == book.Rule.Window)) value = reading.Value.Value ?? double.NaN;
            }

            changed |= book.Evaluate(value, utc);
        }

        if (!changed) return;
        foreach (AdmissionPath path in generation.Paths) path.Restate();
    }

    private void OnChanged(BudgetPolicy? before, BudgetPolicy policy)
    {
        lock (_making)
        {
            if (_disposed) return;
            if (Gate is not { } gate)
            {
                gate = new BudgetGate(_meter, new BudgetParts
                {
                    Ledger = _ledger,
                    Terms = new LeaseTerms { Holder = Guid.NewGuid().ToString("N"), TimeToLive = _options.LeaseTimeToLive, FlushInterval = _options.FlushInterval },
                    TimeProvider = _timeProvider,
                    Logger = _logger,
                    Raise = Publish,
                    Host = _options.Host ?? Environment.MachineName,
                    Service = _options.Service,
                    Tenants = Tenants,
                });
                _meter.Gate = gate;
                _timer = _timeProvider.CreateTimer(static budgets => ((MeterBudgets)budgets!).Beat(), this, _beat, _beat);
                _meter.Engine.Charges = new BudgetCharges(gate, _meter.Engine, _logger);
            }

            if (gate.Generation?.Hash == policy.Hash) return;
            string? old = gate.Generation?.Hash;
            gate.Apply(policy);
            Log.PolicyApplied(_logger, policy.Version, policy.Hash, policy.Budgets.Count);
            WarnWithoutGrams(policy);
            Publish(new BudgetEvent
            {
                Kind = BudgetEventKind.PolicyChanged,
                Time = _timeProvider.GetUtcNow(),
                PolicyHash = policy.Hash,
                Reason = old is null
                    ? $"Policy {policy.Version} is in force ({policy.Hash})."
                    : $"Policy {policy.Version} ({policy.Hash}) is in force instead of {before?.Version} ({old}).",
            });
        }
    }

    private void OnRefused(PolicyFormatException refused)
    {
        Log.PolicyRefused(_logger, Policy?.Version ?? "none", refused.Message);
        Publish(new BudgetEvent
        {
            Kind = BudgetEventKind.PolicyRefused,
            Time = _timeProvider.GetUtcNow(),
            PolicyHash = Gate?.Generation?.Hash ?? "",
            Reason = refused.Message,
        });
    }
}
