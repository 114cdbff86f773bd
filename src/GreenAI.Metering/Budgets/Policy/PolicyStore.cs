namespace GreenAI.Metering;

/// <summary>The policy that is in force, and the one that will be.</summary>
/// <remarks>
/// Thread-safe. Sources are looked at, and a pending policy comes into force, on a thread of the timer: never on that of a request or of the sampler. Callbacks come
/// one at a time, in the order in which things happened, and may read the store. One that throws changes nothing of what is in force and ends nothing: the
/// exception is kept in <see cref="Failure"/>.
/// </remarks>
internal sealed class PolicyStore : IDisposable
{
    /// <summary>How often sources are looked at unless it is said otherwise.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    // Whoever changes what is in force has it; who reads needs none.
    private readonly object _turn = new();
    private volatile BudgetPolicy? _current;
    private volatile BudgetPolicy? _pending;
    private volatile Exception? _failure;
    private volatile PolicyFormatException? _problem;
    private PolicyWatch? _watch;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="interval">How often sources are looked at; a pending policy comes into force that much late at most.</param>
    public PolicyStore(TimeProvider time, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _time = time;
        _interval = interval;
    }

    /// <summary>Another policy is in force: the old one, if there was one, and the new one. It is called after <see cref="Current"/> has changed.</summary>
    public event Action<BudgetPolicy?, BudgetPolicy>? Changed;

    /// <summary>A policy was refused; the old one stays.</summary>
    public event Action<PolicyFormatException>? Refused;

    /// <summary>The policy in force; null while there is none.</summary>
    public BudgetPolicy? Current => _current;

    /// <summary>The policy that comes into force on its first day; null for none.</summary>
    public BudgetPolicy? Pending => _pending;

    /// <summary>Why the last policy that was read was refused; null: it was not.</summary>
    public PolicyFormatException? Problem => _problem;

    /// <summary>The last exception of a callback, or of a source that was not declared; null for none.</summary>
    public Exception? Failure => _failure;

    /// <summary>Takes the policy of a source, and follows it from then on. One source can be followed.</summary>
    /// <exception cref="PolicyFormatException">There is no policy that can be in force.</exception>
    public void Follow(PolicySource source)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_watch is not null) throw new InvalidOperationException("A store follows one source.");
            PolicyWatch watch = new(source, this);
            watch.Load(_time.GetUtcNow());
            _watch = watch;
            StartTimer();
        }
    }

    /// <summary>Takes a policy that was made in code, as a copy; one for later waits for its first day.</summary>
    /// <exception cref="PolicyFormatException">It cannot be in force.</exception>
    public void Set(BudgetPolicy policy)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            DateTimeOffset now = _time.GetUtcNow();
            Accept(PolicyJsonWriter.Copy(policy, now), now);
        }
    }

    /// <summary>Looks at the source now, and whether a pending policy's day has come; the timer does so by itself.</summary>
    public void Look()
    {
        lock (_turn)
        {
            if (_isDisposed) return;
            DateTimeOffset now = _time.GetUtcNow();
            _watch?.Look(now);
            if (_pending is { } pending && pending.EffectiveFrom <= now) Enforce(pending);
        }
    }

    /// <summary>No more looks; what is in force stays.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    /// <summary>Puts a checked policy into force, or lets it wait.</summary>
    internal void Accept(BudgetPolicy policy, DateTimeOffset now)
    {
        _problem = null;
        if (policy.EffectiveFrom <= now)
        {
            Enforce(policy);
            return;
        }

        // The newest word counts: an earlier one that waits is forgotten.
        _pending = policy;
        StartTimer();
    }

    internal void Refuse(PolicyFormatException refused)
    {
        _problem = refused;
        Tell(() => Refused?.Invoke(refused));
    }

    /// <summary>The source is again as it was accepted.</summary>
    internal void Forgive() => _problem = null;

    private void Enforce(BudgetPolicy policy)
    {
        BudgetPolicy? before = _current;
        _pending = null;
        // The same words in another layout are the same policy.
        if (before?.Hash == policy.Hash) return;
        _current = policy;
        Tell(() => Changed?.Invoke(before, policy));
    }

    private void Tell(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception thrown)
        {
            // On a thread of the timer it would end the process.
            _failure = thrown;
        }
    }

    private void StartTimer() => _timer ??= _time.CreateTimer(static store => ((PolicyStore)store!).Tick(), this, _interval, _interval);

    private void Tick()
    {
        // A look that takes longer than the interval is not queued behind: the next tick does it.
        if (!Monitor.TryEnter(_turn)) return;
        try
        {
            Look();
        }
        catch (Exception thrown)
        {
            // Whatever a source of configuration throws: the old policy stays, and the next look tries again.
            _failure = thrown;
        }
        finally
        {
            Monitor.Exit(_turn);
        }
    }
}
