namespace GreenAI.Metering;

/// <summary>Admits inferences: the cached verdict of their rules, and headroom reserved from the leases of budgets that may refuse.</summary>
/// <remarks>
/// Requests take no lock and do no I/O. A policy is changed by exchanging the generation: what was admitted under the old one is settled with the leases it
/// reserved from.
/// </remarks>
internal sealed class BudgetGate : IAsyncDisposable
{
    private const int KeptDecisions = 1024;

    // A million gigajoules, or as many tonnes: more than any budget, and less than ledgers can add up.
    private const long MostReserved = 1L << 59;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly EnergyMeter _meter;
    private readonly SlotTable _table;
    private readonly SlotPool _slots;
    private readonly BootClock _clock;
    private readonly LeaseTerms _terms;
    private readonly LedgerPump _pump;
    private readonly IBudgetLedger _ledger;
    private readonly bool _ledgerIsLocal;
    private readonly object _accountsGate = new();
    private readonly Dictionary<string, (LeasedAccount Account, string Budget, int Policy)> _accounts = [];
    private readonly AdmissionState?[] _kept = new AdmissionState?[KeptDecisions];
    private readonly long[] _upper;
    private readonly DecisionTotals _totals = new();
    private LeasedAccount[] _all = [];
    private BudgetGeneration? _generation;
    private double _price = double.NaN;
    private long _decisions;
    private int _policies;
    private long _keptCount;

    public BudgetGate(EnergyMeter meter, BudgetParts parts)
    {
        _meter = meter;
        _table = meter.Engine.Slots;
        _slots = _table.Pool;
        Service = parts.Service;
        Host = parts.Host;
        TimeProvider = parts.TimeProvider;
        Tenants = parts.Tenants;
        Reservations = new ReservationTable(_table);
        _clock = new BootClock(parts.TimeProvider);
        _terms = parts.Terms;
        _ledger = parts.Ledger;
        _ledgerIsLocal = parts.Ledger.IsLocal;
        _upper = new long[meter.Engine.Models.Capacity];
        Raise = parts.Raise;
        _pump = new LedgerPump(parts.Ledger, () => Volatile.Read(ref _all), _clock, parts.Terms, parts.TimeProvider, parts.Logger) { ReachableChanged = TellLedger };
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>The service's name; null: not stated.</summary>
    public string? Service { get; }

    public string Host { get; }

    public ModelRegistry Tenants { get; }

    public ReservationTable Reservations { get; }

    public Action<BudgetEvent> Raise { get; }

    /// <summary>The policy in force; null: none.</summary>
    public BudgetGeneration? Generation => Volatile.Read(ref _generation);

    public bool LedgerIsLocal => _ledgerIsLocal;

    public bool IsLedgerReachable => Array.TrueForAll(Volatile.Read(ref _all), account => !account.IsLedgerDown);

    public string LedgerName => _ledger.Name;

    /// <summary>Milliseconds of the boot clock.</summary>
    public long Now => _clock.Milliseconds;

    /// <summary>Notes what the machine has slept. Each close does.</summary>
    public void AlignClock() => _clock.Align();

    public DateTimeOffset Utc => TimeProvider.GetUtcNow();

    /// <summary>Micrograms of a microjoule at present; NaN: no factor applies.</summary>
    public double Price
    {
        get => Volatile.Read(ref _price);
        set => Volatile.Write(ref _price, value);
    }

    public string PriceGap => _meter.Engine.Devices.Length == 0 ? "nothing is metered on this host" : _meter.Engine.Account.Gap.Reason;

    public string ModelName(int model) => _meter.ModelName(model);

    public string TenantName(int tenant) => Tenants.Name(tenant);

    public bool CanPrice(bool isEnergy) => _meter.Engine.Devices.Length > 0 && (isEnergy || !double.IsNaN(Price));

    public TimeSpan Until(long at) => TimeSpan.FromMilliseconds(Math.Max(0, at - Now));

    public long NextDecision() => Interlocked.Increment(ref _decisions);

    /// <summary>The upper estimate of what an inference of a model costs, in microjoules, from its recent bills. Written by the closer.</summary>
    public ref long Upper(int model) => ref _upper[model];

    /// <summary>Puts a policy into force; null: none.</summary>
    public void Apply(BudgetPolicy? policy)
    {
        // Counts of a policy that is replaced twice within a second are told too.
        _totals.Tell(Utc, Raise);
        // Between two closes: what the rules have seen goes over to the new ones, which say at once what they have to say.
        _meter.Engine.WhileClosed(() =>
        {
            BudgetGeneration? generation = policy is null ? null : new BudgetGeneration(this, policy, _upper.Length, Tenants.Capacity, ++_policies, Generation);
            _totals.Begin(generation);
            Volatile.Write(ref _generation, generation);
        });
        Leave(policy?.Budgets ?? []);
        _pump.Wake();
    }

    /// <summary>The account of a budget in the ledger. The same budget of a later policy has the same, with the later one's limit and window.</summary>
    public LeasedAccount Account(BudgetDefinition budget, string part, DateTimeOffset start, int policy)
    {
        // The first '/' ends the name: a budget's name must not read as another's with its part.
        string id = budget.Id.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
        string key = $"{id}/{part}:{(budget.Kind == BudgetKind.Energy ? "uJ" : "ug")}";
        var account = new LedgerAccount
        {
            Key = key,
            Window = budget.Window,
            Limit = BudgetLimits.Hard(budget, static _ => 0, null),
            CarryBase = (long)Math.Min(budget.LimitMicrounits, long.MaxValue),
            Start = start == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : start,
        };
        lock (_accountsGate)
        {
            if (_accounts.TryGetValue(key, out (LeasedAccount Account, string Budget, int Policy) known))
            {
                if (policy < known.Policy) return known.Account;
                known.Account.Account = account;
                _accounts[key] = (known.Account, known.Budget, policy);
                return known.Account;
            }

            var leased = new LeasedAccount(account, _ledger, _clock, _terms, _pump.Wake);
            if (_ledger.IsLocal) leased.ExchangeNow();
            _accounts[key] = (leased, budget.Id, policy);
            Volatile.Write(ref _all, [.. _all, leased]);
            _pump.Wake();
            return leased;
        }
    }

    /// <summary>The cached verdict, without reserving anything.</summary>
    public Admission Check(ModelHandle model, int tenant)
    {
        if (Generation is not { } generation || !ReferenceEquals(model.Meter, _meter)) return default;
        AdmissionPath path = generation.Path(model.Index, tenant);
        AdmissionState state = path.State;
        path.Count(state);
        return new Admission(state, -1, 0);
    }

    /// <summary>The verdict, and headroom where the inference may run.</summary>
    public Admission TryAdmit(in AdmissionRequest request)
    {
        if (Generation is not { } generation || !ReferenceEquals(request.Model.Meter, _meter)) return default;
        AdmissionPath path = generation.Path(request.Model.Index, ReferenceEquals(request.Tenant.Meter, _meter) ? request.Tenant.Number : 0);
        AdmissionState state = request.Priority is null ? path.State : path.For(request.Priority);
        if (state.Verdict >= Verdict.Delay || path.Leases is not { } leases)
        {
            path.Count(state);
            return new Admission(state, -1, 0);
        }

        long microjoules = Math.Clamp(request.Estimate is { } estimate ? estimate.Microjoules : Volatile.Read(ref _upper[request.Model.Index]), 1, MostReserved);
        double grams = microjoules * Price;
        long micrograms = grams >= 1 ? (long)Math.Min(Math.Ceiling(grams), MostReserved) : 1;
        LeaseSet? held = leases;
        // A lease of a shared ledger must not survive a sleep of the machine; one of a ledger of our own ends with its period only.
        long now = _ledgerIsLocal ? _clock.Coarse : _clock.Milliseconds;
        if (leases.Reserve(microjoules, micrograms, now) >= 0 && path.ReserveSlowly(microjoules, micrograms, request.Priority, out held) is { } refused)
        {
            path.Count(refused);
            return new Admission(refused, -1, 0);
        }

        path.Count(state);
        return held is null ? new Admission(state, -1, 0) : Hold(state, held, microjoules, micrograms, now);
    }

    /// <summary>Asks again when more headroom is on its way, until it has come.</summary>
    public async ValueTask<Admission> AdmitAsync(AdmissionRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        long start = TimeProvider.GetTimestamp();
        while (true)
        {
            Admission admission = TryAdmit(request);
            // Only what the ledger is asked for passes by itself in a moment.
            if (admission.State is not { IsPending: true } || TimeProvider.GetElapsedTime(start) >= patience) return admission;
            Task<bool> exchange = _pump.ExchangeAsync();
            await ((Task)exchange).WaitAsync(patience, TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            // A ledger that fails at once must not be asked as fast as it fails.
            if (exchange is not { IsCompletedSuccessfully: true, Result: true }) await Task.Delay(_pause, TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the slot of an admission for an inference that begins; −1: it holds none any more.</summary>
    public int Claim(in Admission admission)
    {
        if (!admission.HoldsReservation) return -1;
        ref Reservation reservation = ref Reservations.Of(admission.Slot);
        long held = Reservation.Pack(admission.Generation, Reservation.Held), begun = Reservation.Pack(admission.Generation, Reservation.Begun);
        return Interlocked.CompareExchange(ref reservation.Word, begun, held) == held ? admission.Slot : -1;
    }

    /// <summary>Marks a slot as one of a path, with nothing reserved.</summary>
    public void Mark(int slot, AdmissionPath path)
    {
        ref Reservation reservation = ref Reservations.Of(slot);
        reservation.Path = path;
        reservation.Leases = null;
        Volatile.Write(ref reservation.Word, Reservation.Pack(SlotWord.Generation(_slots.Slot(slot).Word), Reservation.Begun));
    }

    /// <summary>Gives a reservation back unless an inference has begun with it.</summary>
    public void Release(in Admission admission) => Release(admission.Slot, Reservation.Pack(admission.Generation, Reservation.Held));

    /// <summary>Looks for admissions that were forgotten, and forgets accounts that have left.</summary>
    public void Sweep(TimeSpan after)
    {
        Reservations.Sweep(Now - (long)after.TotalMilliseconds, (slot, word) => Release(slot, word));
        lock (_accountsGate)
        {
            if (Array.Exists(_all, account => account.IsGone)) Volatile.Write(ref _all, [.. _all.Where(account => !account.IsGone)]);
        }
    }

    /// <summary>Keeps a decision that was made on the path of a request, so that it can be explained.</summary>
    public void Keep(AdmissionState state) => Volatile.Write(ref _kept[(Interlocked.Increment(ref _keptCount) - 1) % KeptDecisions], state);

    /// <summary>A decision that is kept; null: none of that number.</summary>
    public AdmissionState? Find(long decision)
    {
        foreach (AdmissionState? state in _kept)
        {
            if (state?.Decision == decision) return state;
        }

        return null;
    }

    /// <summary>How many requests got which verdict, by the names of rules.</summary>
    public DecisionTotals Decisions => _totals;

    public Task ExchangeAsync() => _pump.ExchangeAsync();

    /// <summary>Gives the leases back.</summary>
    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    // Budgets that the policy has no more give their leases back; admissions under the old policy settle with them still.
    private void Leave(IReadOnlyList<BudgetDefinition> budgets)
    {
        HashSet<string> kept = [.. budgets.Where(budget => !budget.Kind.IsPerInference()).Select(budget => budget.Id)];
        lock (_accountsGate)
        {
            foreach (string key in _accounts.Keys.Where(key => !kept.Contains(_accounts[key].Budget)).ToArray())
            {
                _accounts[key].Account.Leave();
                _accounts.Remove(key);
            }
        }
    }

    private Admission Hold(AdmissionState state, LeaseSet held, long microjoules, long micrograms, long now)
    {
        int slot = _slots.Pop();
        if (slot < 0)
        {
            // No room to track it: it goes unmetered, as an inference without an admission does.
            held.Release(microjoules, micrograms);
            return new Admission(state, -1, 0);
        }

        long generation = SlotWord.Generation(_slots.Slot(slot).Word);
        ref Reservation reservation = ref Reservations.Of(slot);
        reservation.Path = state.Path;
        reservation.Leases = held;
        reservation.Microjoules = microjoules;
        reservation.Micrograms = micrograms;
        reservation.Since = now;
        Volatile.Write(ref reservation.Word, Reservation.Pack(generation, Reservation.Held));
        return new Admission(state, slot, generation);
    }

    private bool Release(int slot, long held)
    {
        ref Reservation reservation = ref Reservations.Of(slot);
        // The fields first: once the word is cleared another thread's admission may have the slot.
        LeaseSet? leases = reservation.Leases;
        long microjoules = reservation.Microjoules, micrograms = reservation.Micrograms;
        if (Interlocked.CompareExchange(ref reservation.Word, 0, held) != held) return false;
        leases!.Release(microjoules, micrograms);
        ref ScopeSlot scope = ref _slots.Slot(slot);
        Volatile.Write(ref scope.Word, SlotWord.NextGeneration(scope.Word));
        _table.Push(_table.StripeOf(slot), slot, slot);
        return true;
    }

    private void TellLedger(bool reachable, string reason) => Raise(new BudgetEvent
    {
        Kind = reachable ? BudgetEventKind.LedgerReturned : BudgetEventKind.LedgerLost,
        Time = Utc,
        PolicyHash = Generation?.Hash ?? "",
        Reason = reachable ? $"The ledger {LedgerName} answers again." : $"The ledger {LedgerName} does not answer: {reason}",
    });
}
