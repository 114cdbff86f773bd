namespace GreenAI.Metering;

/// <summary>The rules that inferences of one model and tenant fall under, in one policy, and what these are answered at present.</summary>
internal sealed class AdmissionPath
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _later = TimeSpan.FromSeconds(5);

    private readonly object _restating = new();
    private readonly AdmissionState[] _refused;
    private AdmissionState _state;
    private LeaseSet? _leases;

    public AdmissionPath(BudgetGeneration generation, int model, int tenant, RuleBook[] rules)
    {
        Generation = generation;
        ModelIndex = model;
        TenantNumber = tenant;
        Model = generation.Gate.ModelName(model);
        Tenant = tenant == 0 ? "" : generation.Gate.TenantName(tenant - 1);
        Rules = rules;
        Books = [.. rules.OfType<BudgetBook>()];
        Counts = new DecisionCounts(rules.Length);
        Shadows = Array.Exists(rules, static rule => rule is BudgetBook { Definition.Shadow: true }) ? new DecisionCounts(rules.Length) : null;
        _refused = new AdmissionState[rules.Length * 4];
        _state = Judge(null);
        Restate();
    }

    public BudgetGeneration Generation { get; }

    public int ModelIndex { get; }

    /// <summary>0: nobody in particular; else the tenant's index plus 1.</summary>
    public int TenantNumber { get; }

    public string Model { get; }

    /// <summary>Empty: nobody in particular.</summary>
    public string Tenant { get; }

    public RuleBook[] Rules { get; }

    /// <summary>Those of the rules that are budgets.</summary>
    public BudgetBook[] Books { get; }

    public DecisionCounts Counts { get; }

    /// <summary>What rules in shadow mode would have answered; null: there are none.</summary>
    public DecisionCounts? Shadows { get; }

    public AdmissionState State => Volatile.Read(ref _state);

    /// <summary>What is reserved from; null: no budget may refuse.</summary>
    public LeaseSet? Leases => Volatile.Read(ref _leases);

    /// <summary>Whether a rule in force exempts some priority.</summary>
    public bool HasExemptions { get; private set; }

    /// <summary>Counts a request that was answered.</summary>
    public void Count(AdmissionState state)
    {
        Counts.Add(state.Counter);
        if (state.ShadowCounter >= 0) Shadows?.Add(state.ShadowCounter);
    }

    /// <summary>Takes what the rules say now. Never called by requests.</summary>
    public void Restate()
    {
        lock (_restating) Take();
    }

    private void Take()
    {
        BudgetBook[] limited = [.. Books.Where(book => book.Account is { IsLimited: true })];
        if (limited.Length == 0) Volatile.Write(ref _leases, null);
        else if (Leases is not { } leases || !leases.Books.SequenceEqual(limited))
            Volatile.Write(ref _leases, new LeaseSet(limited, [.. limited.Select(book => book.Account!.Current)]));
        HasExemptions = Array.Exists(Rules, rule => rule.Standing.Exemptions.Count > 0);
        AdmissionState state = Judge(null);
        if (state.Decision != 0 && state.Decision != State?.Decision) Generation.Gate.Keep(state);
        Volatile.Write(ref _state, state);
    }

    /// <summary>What a request of a priority is answered. May allocate: it is for the few that are exempt.</summary>
    public AdmissionState For(string priority) => HasExemptions ? Judge(priority) : State;

    /// <summary>Reserves from every budget that may refuse, asking local ledgers on the spot.</summary>
    /// <param name="microjoules">The amount of energy.</param>
    /// <param name="micrograms">The amount of emissions.</param>
    /// <param name="priority">The request's priority.</param>
    /// <param name="held">The leases it is reserved from; null: from none, and it may run all the same.</param>
    /// <returns>The answer where it may not run; null where it may.</returns>
    public AdmissionState? ReserveSlowly(long microjoules, long micrograms, string? priority, out LeaseSet? held)
    {
        held = null;
        if (Leases is not { } set) return null;
        BudgetLease[]? others = null;
        bool[]? exempt = null;
        for (int i = 0; i < set.Books.Length; i++)
        {
            BudgetBook book = set.Books[i];
            if (book.Account!.TryReserve(book.IsEnergy ? microjoules : micrograms, out BudgetLease lease))
            {
                // Another lease than in the set: the set is out of date.
                if (ReferenceEquals(lease, set.Leases[i])) continue;
                others ??= [.. set.Leases];
                others[i] = lease;
                continue;
            }

            if (book.MayRunUnreserved(priority))
            {
                (exempt ??= new bool[set.Books.Length])[i] = true;
                continue;
            }

            if (others is null && exempt is null) set.Release(i, microjoules, micrograms);
            else Reserved(set, others, exempt, i).Release(microjoules, micrograms);
            return Refused(book, book.IsEnergy ? microjoules : micrograms);
        }

        held = Reserved(set, others, exempt, set.Books.Length);
        // Not over a newer one that was made of what the rules say now.
        if (exempt is null) Interlocked.CompareExchange(ref _leases, held, set);
        else if (held.Leases.Length == 0) held = null;
        return null;
    }

    // The first so many leases, without those of which nothing was reserved.
    private static LeaseSet Reserved(LeaseSet set, BudgetLease[]? others, bool[]? exempt, int count)
    {
        if (exempt is null && count == set.Books.Length) return others is null ? set : new LeaseSet(set.Books, others);
        int[] places = [.. Enumerable.Range(0, count).Where(place => exempt?[place] != true)];
        return new LeaseSet([.. places.Select(place => set.Books[place])], [.. places.Select(place => (others ?? set.Leases)[place])]);
    }

    // A model that is what others are degraded to cannot be degraded itself.
    private Verdict VerdictOf(Standing standing) => standing.Verdict == Verdict.Degrade && standing.DegradeTo == Model ? Verdict.Warn : standing.Verdict;

    /// <summary>Why requests were refused lately because nothing could be reserved; null: none was with that verdict.</summary>
    public string? RefusalReason(int rule, Verdict verdict)
    {
        for (int i = 0; i < 4; i++)
        {
            if (Volatile.Read(ref _refused[(rule * 4) + i]) is { } state && state.Verdict == verdict) return state.Reason;
        }

        return null;
    }

    private AdmissionState Judge(string? priority)
    {
        int decider = -1, shadowed = -1;
        Verdict verdict = Verdict.Allow, shadow = Verdict.Allow;
        for (int i = 0; i < Rules.Length; i++)
        {
            Standing standing = Rules[i].Standing;
            if (standing.ShadowVerdict > shadow) (shadow, shadowed) = (standing.ShadowVerdict, i);
            Verdict own = VerdictOf(standing.For(priority));
            if (own <= verdict) continue;
            verdict = own;
            decider = i;
        }

        int shadowCounter = shadowed < 0 ? -1 : DecisionCounts.Of(shadowed, shadow);
        if (decider < 0) return new AdmissionState { Path = this, ShadowVerdict = shadow, Counter = DecisionCounts.Of(-1, Verdict.Allow), ShadowCounter = shadowCounter };
        Standing said = Rules[decider].Standing.For(priority);
        return new AdmissionState
        {
            Path = this,
            Verdict = verdict,
            ShadowVerdict = shadow,
            DegradeTo = verdict == Verdict.Degrade ? said.DegradeTo : null,
            Decider = Rules[decider],
            Reason = said.Reason,
            RetryAt = said.RetryAt,
            Wait = said.Wait,
            Decision = said.Decision,
            Counter = DecisionCounts.Of(decider, verdict),
            ShadowCounter = shadowCounter,
            MadeAt = Generation.Gate.Now,
        };
    }

    // Kept for a second: its figures are as of then, and a stream of refusals must not become a stream of objects.
    private AdmissionState Refused(BudgetBook book, long amount)
    {
        int rule = Array.IndexOf(Rules, book);
        LeaseRefusal refusal = book.Account!.RefusalOf(amount);
        ref AdmissionState kept = ref _refused[(rule * 4) + (int)refusal];
        long now = Generation.Gate.Now;
        book.NoteRefusal(refusal);
        if (Volatile.Read(ref kept) is { } state && now - state.MadeAt < 1000) return state;
        Verdict verdict = refusal == LeaseRefusal.Pending ? Verdict.Delay : Verdict.Deny;
        state = new AdmissionState
        {
            Path = this,
            Verdict = verdict,
            ShadowVerdict = State.ShadowVerdict,
            Decider = book,
            Reason = book.ExplainRefusal(refusal),
            RetryAt = refusal switch
            {
                LeaseRefusal.Pending => now + (long)_soon.TotalMilliseconds,
                LeaseRefusal.LedgerDown => now + (long)_later.TotalMilliseconds,
                _ => book.RetryAt(now),
            },
            Wait = refusal == LeaseRefusal.Pending ? _soon : _later,
            IsPending = refusal == LeaseRefusal.Pending,
            Decision = Generation.Gate.NextDecision(),
            Counter = DecisionCounts.Of(rule, verdict),
            MadeAt = now,
        };
        Volatile.Write(ref kept, state);
        Generation.Gate.Keep(state);
        return state;
    }
}
