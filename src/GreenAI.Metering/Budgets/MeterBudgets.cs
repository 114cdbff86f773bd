using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>The budgets of a meter: the policy in force, where each budget stands, and why requests were answered as they were.</summary>
/// <remarks>Thread-safe. Without a policy everything is allowed and nothing is kept.</remarks>
public sealed partial class MeterBudgets : IBudgetHealth
{
    private const int QueuedEvents = 4096;
    private const int KeptEvents = 200;

    private static readonly TimeSpan _longestFarewell = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);

    // An admission that is neither begun nor disposed: a request that died between the two.
    private static readonly TimeSpan _forgottenAfter = TimeSpan.FromMinutes(5);

    private readonly object _making = new();
    private readonly Queue<BudgetEvent> _recent = new();
    private readonly EnergyMeter _meter;
    private readonly BudgetOptions _options;
    private readonly PolicyStore _policies;
    private readonly PolicyFit _fit;
    private readonly IBudgetLedger _ledger;
    private readonly bool _ownsLedger;
    private readonly bool _isPolicyStated;
    private readonly BudgetEventDispatcher _events;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private Cached? _latest;
    private Exception? _failure;
    private ITimer? _timer;
    private int _beating;
    private bool _disposed;

    internal MeterBudgets(EnergyMeter meter, BudgetOptions options, PolicyStore policies, PolicyFit fit, MeterEnvironment environment, AuditLog? audit, ILogger logger)
    {
        _meter = meter;
        _options = options;
        _policies = policies;
        _fit = fit;
        _timeProvider = environment.TimeProvider;
        _logger = logger;
        _ledger = environment.Ledger ?? new InMemoryBudgetLedger(_timeProvider);
        _ownsLedger = environment.Ledger is null;
        Audit = audit;
        Tenants = new ModelRegistry(options.MaxTenants);
        _events = new BudgetEventDispatcher(environment.BudgetObservers, audit, QueuedEvents, logger);
        _policies.Changed += OnChanged;
        _policies.Refused += OnRefused;
        _isPolicyStated = options.PolicyFile is not null || environment.PolicySection is not null || environment.Policy is not null;
        if (_policies.Current is { } policy) OnChanged(null, policy);
        else if (_policies.Pending is { } pending) Log.PolicyAhead(_logger, pending.Version, pending.EffectiveFrom);
    }

    /// <summary>The policy in force; null: none.</summary>
    public BudgetPolicy? Policy => Gate?.Generation?.Policy;

    /// <summary>The policy that comes into force on its first day; null: none.</summary>
    public BudgetPolicy? PendingPolicy => _policies.Pending;

    /// <summary>The audit log; null: none is kept.</summary>
    public AuditLog? Audit { get; }

    /// <summary>The ledger's name: <c>memory</c>, <c>sqlite</c>, <c>redis</c>.</summary>
    public string Ledger => _ledger.Name;

    internal BudgetGate? Gate => _meter.Gate;

    internal ModelRegistry Tenants { get; }

    /// <summary>Why the last policy that was read was refused; null: it was not, or the source has been mended.</summary>
    public string? PolicyProblem => _policies.Problem?.Message;

    /// <summary>Puts a policy that was made in code into force, now or on its first day.</summary>
    /// <param name="policy">The policy; it is copied.</param>
    /// <exception cref="PolicyFormatException">It cannot be in force; the message tells what is wrong, where.</exception>
    /// <exception cref="ObjectDisposedException">The meter is disposed.</exception>
    public void Apply(BudgetPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _fit.ThrowIfUnfit(policy);
        _policies.Set(policy);
    }

    /// <summary>Where each budget stands, as of the last close of the meter.</summary>
    public IReadOnlyList<BudgetStatus> Status()
    {
        if (Gate?.Generation is not { } generation) return [];
        DateTimeOffset utc = _timeProvider.GetUtcNow();
        return [.. generation.Budgets.Select(book => book.Status(utc))];
    }

    /// <summary>The same, not older than a quarter of a second: gauges that are read together are computed once.</summary>
    internal IReadOnlyList<BudgetStatus> Latest()
    {
        long now = _timeProvider.GetTimestamp();
        if (Volatile.Read(ref _latest) is { } latest && _timeProvider.GetElapsedTime(latest.Time, now) < TimeSpan.FromMilliseconds(250)) return latest.Rows;
        IReadOnlyList<BudgetStatus> rows = Status();
        Volatile.Write(ref _latest, new Cached(now, rows));
        return rows;
    }

    /// <summary>How many requests got which verdict since the start, by the name of the budget or target (with its part: <c>per-tenant/tenant=acme</c>).</summary>
    /// <remarks>A request counts for each rule it falls under: with its verdict for the one that decided, as Allow for the others.</remarks>
    public IReadOnlyList<BoardDecisions> Decisions() => Gate is not { } gate ? [] :
    [
        .. from row in gate.Decisions.Read()
           from verdict in Enum.GetValues<Verdict>()
           where row.Value[(int)verdict] > 0
           orderby row.Key, verdict
           select new BoardDecisions { Budget = row.Key, Verdict = verdict, Count = row.Value[(int)verdict] },
    ];

    /// <summary>Why an admission was answered as it was: the policy, the rule that decided, and what every other rule it falls under says.</summary>
    /// <param name="admission">An admission of this meter.</param>
    /// <remarks>The decision is as it was made; what other rules say is as of now.</remarks>
    public string Explain(in Admission admission) => AdmissionExplanation.Of(admission);

    /// <summary>Why a decision was taken that observers or the audit log were told of; null: it is not known any more, and stands in the audit log.</summary>
    /// <param name="decision">Its number.</param>
    public string? Explain(long decision)
    {
        if (decision == 0 || Gate is not { } gate) return null;
        foreach (AdmissionPath path in gate.Generation?.Paths ?? [])
        {
            if (path.State.Decision == decision) return Explain(new Admission(path.State, -1, 0));
        }

        return gate.Find(decision) is { } kept ? Explain(new Admission(kept, -1, 0)) : null;
    }

    /// <summary>The last events other than counts of decisions, the oldest first; some two hundred.</summary>
    public IReadOnlyList<BudgetEvent> RecentEvents()
    {
        lock (_recent) return [.. _recent];
    }

    /// <summary>Settles the books and writes down for a board how the policy was kept.</summary>
    /// <param name="cancellationToken">Ends the waiting for slow counters.</param>
    /// <exception cref="InvalidOperationException">No policy is in force.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<BoardReport> ReportAsync(CancellationToken cancellationToken)
    {
        EnergyTotals totals = await _meter.SettleAsync(cancellationToken).ConfigureAwait(false);
        if (Gate?.Generation is not { } generation) throw new InvalidOperationException("No policy is in force: there is nothing to report on. State one by Budgets:PolicyFile, AddPolicyFile or MeterEnvironment.Policy.");
        Beat();
        IReadOnlyList<BudgetStatus> budgets = Status();
        return BoardReport.From(new BoardReportInput
        {
            Policy = generation.Policy,
            PolicyHash = generation.Hash,
            GeneratedAt = _timeProvider.GetUtcNow(),
            Service = _options.Service,
            Totals = totals,
            Budgets = budgets,
            Kpis = _meter.Kpis.Read(),
            Decisions = Decisions(),
            Events = RecentEvents(),
            Host = _options.Host ?? Environment.MachineName,
            Regressions = generation.Kpis.Where(book => book.Rule.Baseline is not null).ToDictionary(book => (book.Id, book.Model), book => book.Regression),
        });
    }

    /// <summary>Tells the ledger now what was spent, and takes what it answers. It happens by itself each <see cref="BudgetOptions.FlushInterval"/>.</summary>
    public Task FlushAsync() => Gate?.ExchangeAsync() ?? Task.CompletedTask;

    bool IBudgetHealth.IsPolicyStated => _isPolicyStated;

    string? IBudgetHealth.PolicyVersion => Policy?.Version;

    IReadOnlyList<BudgetStatus> IBudgetHealth.Statuses => Status();

    bool IBudgetHealth.IsLedgerReachable => Gate?.IsLedgerReachable ?? true;

    bool IBudgetHealth.IsAuditHealthy => Audit?.IsHealthy ?? true;

    long IBudgetHealth.AuditLost => Audit?.Lost ?? 0;

    double IBudgetHealth.Coverage => _meter.Engine.LowestCoverage();

    private void Publish(BudgetEvent budgetEvent)
    {
        if (budgetEvent.Kind != BudgetEventKind.Decisions)
        {
            lock (_recent)
            {
                _recent.Enqueue(budgetEvent);
                if (_recent.Count > KeptEvents) _recent.Dequeue();
            }
        }

        _events.Publish(budgetEvent);
    }

    // A budget that nobody can spend from looks like one that is kept. What a provider has not answered yet may still come.
    private void WarnWithoutGrams(BudgetPolicy policy)
    {
        (CarbonGap gap, string reason) = _meter.Engine.Account.Gap;
        if (gap is not (CarbonGap.NotConfigured or CarbonGap.NoPue)) return;
        string[] budgets = [.. policy.Budgets.Where(budget => budget is { IncludesOperational: true, Kind: BudgetKind.Emissions or BudgetKind.EmissionsPerInference }).Select(budget => budget.Id)];
        if (budgets.Length > 0) Log.BudgetsWithoutGrams(_logger, string.Join(", ", budgets), reason);
    }

    private sealed record Cached(long Time, IReadOnlyList<BudgetStatus> Rows);
}
