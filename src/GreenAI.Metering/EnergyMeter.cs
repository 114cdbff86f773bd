using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering;

/// <summary>Meters the energy of AI inferences in this process.</summary>
/// <remarks>
/// <para>
/// Thread-safe. <see cref="Begin(ModelHandle)"/> and completion cost about two clock reads, allocate nothing and never block;
/// counters are read by a background sampler once <see cref="Start"/> was called, and by windows and settlements.
/// </para>
/// <para>
/// One meter a process: two meters of one process attribute the same energy twice, which is logged as a warning. With
/// dependency injection <c>AddGreenAIMetering</c> registers one singleton.
/// </para>
/// </remarks>
public sealed partial class EnergyMeter : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan _longestWait = ScopeLedger.LateAfter + TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan _longestAdmission = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _longestTrace = TimeSpan.FromSeconds(5);

    private readonly MeteringEngine _engine;
    private readonly SlotPool _slots;
    private readonly ProvisionalRates _provisional;
    private readonly TimeProvider _timeProvider;
    private readonly Clock _clock;
    private readonly ILogger _logger;
    private readonly GreenAIMeteringOptions _options;
    private readonly FootprintDispatcher _dispatcher;
    private readonly MeteringMetrics? _metrics;
    private readonly TraceRecorder? _trace;
    private readonly CarbonAccount _carbon = CarbonAccount.None;
    private readonly Dictionary<string, ModelOptions> _workloads = [];
    private readonly IReadOnlyList<string> _claims;
    private readonly object _lifecycle = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Sampler? _sampler;
    private volatile BudgetGate? _gate;
    private volatile bool _disposed;

    /// <summary>Makes a meter of the machine as it is, with default options.</summary>
    public EnergyMeter()
        : this(new GreenAIMeteringOptions(), new MeterEnvironment())
    {
    }

    /// <summary>Makes a meter.</summary>
    /// <param name="options">The options; read once.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names key, value and range.</exception>
    public EnergyMeter(GreenAIMeteringOptions options)
        : this(options, new MeterEnvironment())
    {
    }

    /// <summary>Makes a meter in given surroundings.</summary>
    /// <param name="options">The options; read once.</param>
    /// <param name="environment">Clock, logs, sources, observers.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names key, value and range.</exception>
    public EnergyMeter(GreenAIMeteringOptions options, MeterEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        GreenAIMeteringOptionsRules.ThrowIfInvalid(options);
        _options = options;
        _timeProvider = environment.TimeProvider;
        _clock = new Clock(_timeProvider);
        _logger = new GuardedLogger(environment.LoggerFactory?.CreateLogger("GreenAI.Metering") ?? NullLogger.Instance);
        // What may be refused comes before what has to be let go again.
        _carbon = CarbonAccountFactory.Create(options.Carbon ?? new CarbonOptions(), environment.CarbonIntensity, _timeProvider, _logger);
        IReadOnlyList<TimeSpan> windows = (options.Kpis ?? new KpiOptions()).WindowsOrDefault;
        BudgetOptions budgets = options.Budgets ?? new BudgetOptions();
        var fit = new PolicyFit(_carbon.Method, windows);
        PolicyStore policies = PolicyOpening.Open(budgets, environment, fit);
        (AuditLog? audit, Stream? trace) = OpenFiles(options, budgets, environment, policies);
        var detector = new SourceDetector(options, _timeProvider, _logger);
        (IReadOnlyList<IPowerSource> sources, Detection) = environment.Sources is { } given
            ? detector.Take(given)
            : detector.Detect(environment.AdditionalSources);
        string? narrowed = null;
        IProcessorTimes times = environment.ProcessorTimes
            ?? ProcessorTimesFactory.Create(new SourceContext(options.SysfsRoot, options.ProcRoot, _timeProvider), options.Scope, out narrowed);
        if (narrowed is not null) Log.ScopeNarrowed(_logger, narrowed);
        _dispatcher = new FootprintDispatcher(environment.Observers, options.ObserverQueueCapacity, _logger);
        var finals = new FinalFootprints(_dispatcher, _logger);
        if (trace is not null)
        {
            _trace = TraceRecorder.Start(trace, environment.Trace is null, options, sources, _timeProvider.TimestampFrequency, _logger);
            times = new TracedProcessorTimes(times, _trace);
            sources = [.. sources.Select((source, i) => new TracedPowerSource(source, i, _trace, _timeProvider))];
        }

        _engine = new MeteringEngine(this, new EngineParts
        {
            Carbon = _carbon,
            Options = options,
            Sources = sources,
            ProcessorTimes = times,
            TimeProvider = _timeProvider,
            Logger = _logger,
            Finals = finals,
            LearnPower = environment.LearnPower,
            Trace = _trace,
        });
        _slots = _engine.Slots.Pool;
        _provisional = _engine.Provisional;
        Kpis = new MeterKpis(this, _engine.Kpis, windows, _timeProvider);
        Budgets = new MeterBudgets(this, budgets, policies, fit, environment, audit, _logger);
        _metrics = new MeteringMetrics(environment.MeterFactory, _engine, Kpis, Budgets, _dispatcher);
        finals.Metrics = _metrics;
        _workloads = ModelOptions.Copy(options.Models);
        foreach (string model in _workloads.Keys) Model(model);
        foreach ((string model, string name) in new ModelDeclarations(options.Models).Unknown(_engine.Devices.ToArray().Select(device => device.Device)))
            Log.UnknownDevice(_logger, model, name);
        if (_carbon.Timeline is null || _carbon.Pue is null) Log.CarbonUnavailable(_logger, _carbon.Gap.Reason);
        if (_carbon.Embodied.Count > 0 && _engine.Embodied.Reason is { } reason) Log.EmbodiedUnavailable(_logger, reason);
        _claims = DeviceClaims.Claim(_engine.Devices, _logger);
        if (_engine.Devices.Length == 0) Log.NoDevice(_logger, Detection.ToString());
        else Log.Started(_logger, _engine.Devices.Length, Detection.ToString());
    }

    // Of a replay: no device is claimed, no instrument published, nothing runs on its own.
    internal EnergyMeter(EngineParts parts)
    {
        _options = parts.Options;
        _timeProvider = parts.TimeProvider;
        _clock = new Clock(_timeProvider);
        _logger = parts.Logger;
        Detection = new DetectionReport([]);
        _dispatcher = new FootprintDispatcher([], parts.Options.ObserverQueueCapacity, parts.Logger);
        _claims = [];
        _engine = new MeteringEngine(this, parts);
        _slots = _engine.Slots.Pool;
        _provisional = _engine.Provisional;
        Kpis = new MeterKpis(this, _engine.Kpis, (_options.Kpis ?? new KpiOptions()).WindowsOrDefault, _timeProvider);
        var none = new MeterEnvironment { TimeProvider = _timeProvider };
        Budgets = new MeterBudgets(this, new BudgetOptions(), new PolicyStore(_timeProvider, PolicyStore.DefaultInterval), new PolicyFit(default, []), none, null, _logger);
    }

    /// <summary>What was found on this host, what was not, why, and what to do about it.</summary>
    public DetectionReport Detection { get; }

    /// <summary>The live indicators, and what the application tells them: trainings, attempts, outcomes, green energy.</summary>
    public MeterKpis Kpis { get; }

    /// <summary>The budgets: the policy in force, where each budget stands, why requests were answered as they were.</summary>
    public MeterBudgets Budgets { get; }

    /// <summary>How grams are accounted for: by the grid's location, by contracts, or by the marginal plant.</summary>
    public CarbonMethod CarbonMethod => _carbon.Method;

    /// <summary>Whether the background sampler runs.</summary>
    public bool IsRunning => _sampler is not null;

    /// <summary>How often counters are read while it runs (<see cref="GreenAIMeteringOptions.SamplingInterval"/>).</summary>
    public TimeSpan SamplingInterval => _options.SamplingInterval;

    /// <summary>Starts the background sampler. Does nothing when it runs already.</summary>
    /// <exception cref="ObjectDisposedException">The meter is disposed.</exception>
    public void Start()
    {
        lock (_lifecycle)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _carbon.Feed?.Start();
            _sampler ??= new Sampler(_engine.Tick, _engine.PollInterval(_options.SamplingInterval), _timeProvider, _logger);
        }
    }

    /// <summary>Waits until the idle floor of every device is known, at most 2 s: figures from then on tell idle from dynamic.</summary>
    /// <remarks>The floor is seen only while the host is quiet. Needs <see cref="Start"/>.</remarks>
    /// <returns>Whether every floor is known.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long start = _timeProvider.GetTimestamp();
        while (!_engine.FloorsKnown())
        {
            TimeSpan left = TimeSpan.FromSeconds(2) - _timeProvider.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return false;
            TimeSpan pause = left < _options.SamplingInterval ? left : _options.SamplingInterval;
            await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The handle of a model, registering its name when it is new. Resolve it once and keep it.</summary>
    /// <param name="name">The model's name, as it shall appear in metrics.</param>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public ModelHandle Model(string name)
    {
        ModelRegistry.ThrowIfUnfit(name);
        int index = _engine.Models.GetOrAdd(name, out bool first);
        if (first) Log.ModelOverflow(_logger, _options.MaxModels, name);
        return new ModelHandle(this, index);
    }

    /// <summary>Begins an inference of a model.</summary>
    /// <param name="model">A handle of this meter; any other gives a no-op scope.</param>
    /// <returns>A scope to complete or dispose.</returns>
    public InferenceScope Begin(ModelHandle model)
    {
        if (!ReferenceEquals(model.Meter, this) || _disposed) return default;
        int index = _slots.Pop();
        return index < 0 ? default : Begin(model, index);
    }

    /// <summary>Begins an inference that was admitted: what is reserved for it is settled with what it cost when its bill is final.</summary>
    /// <param name="model">The model that runs. Another than was admitted, such as the one degraded to, runs on the same reservation; it is charged to its own budgets and the same tenant's.</param>
    /// <param name="admission">The admission; one that is used up, disposed or of another meter begins an inference without a reservation.</param>
    /// <returns>A scope to complete or dispose.</returns>
    public InferenceScope Begin(ModelHandle model, in Admission admission)
    {
        if (admission.State is not { } state || !ReferenceEquals(model.Meter, this) || _disposed || Gate is not { } gate || gate != state.Path.Generation.Gate) return Begin(model);
        int index = gate.Claim(admission);
        return index >= 0 ? Begin(model, index) : state.Path.TenantNumber == 0 ? Begin(model) : BeginUnreserved(model, gate, state.Path);
    }

    private InferenceScope Begin(ModelHandle model, int index)
    {
        ref ScopeSlot slot = ref _slots.Slot(index);
        long word = slot.Word;
        slot.Model = model.Index;
        slot.ActiveTicks = 0;
        long now = _clock.GetTimestamp();
        slot.Start = now;
        slot.SegmentStart = now;
        Volatile.Write(ref slot.Word, SlotWord.WithState(word, SlotWord.Active));
        _slots.Touch(index);
        return new InferenceScope(this, index, SlotWord.Generation(word));
    }

    /// <summary>Begins an inference of a model by name: a dictionary look-up dearer than with a handle.</summary>
    /// <param name="model">The model's name; registered when it is new.</param>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public InferenceScope Begin(string model) => Begin(Model(model));

    /// <summary>Begins a measured region that is not a request: training, a batch job, a benchmark.</summary>
    /// <param name="name">A name for people.</param>
    /// <remarks>Reads the counters now, on this thread, unless another window ended less than a millisecond ago: they share that boundary.</remarks>
    public EnergyWindow StartWindow(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new EnergyWindow(name, _engine, _timeProvider, _engine.Begin(closeStandstill: !IsRunning), Edge);
    }

    /// <summary>
    /// Closes the books now: everything completed before this call is billed, at most 2 s later where a slow counter must
    /// move first.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the books stay as they are.</exception>
    public async ValueTask<EnergyTotals> SettleAsync(CancellationToken cancellationToken)
    {
        WindowEdge edge = Edge();
        if (!edge.Resolved.IsCompletedSuccessfully) await WaitAsync(edge, cancellationToken).ConfigureAwait(false);
        return _engine.Totals();
    }

    /// <inheritdoc cref="SettleAsync(CancellationToken)"/>
    public ValueTask<EnergyTotals> SettleAsync() => SettleAsync(CancellationToken.None);

    /// <summary>The books as of the last close, without closing them. Waits for a close that is under way.</summary>
    public EnergyTotals GetTotals() => _engine.Totals();

    /// <summary>Settles the books and writes everything down: totals, factors, models, indicators.</summary>
    /// <param name="service">A name for the service, for readers; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting for slow counters.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the books stay as they are.</exception>
    public async ValueTask<EfficiencyReport> ReportAsync(string? service = null, CancellationToken cancellationToken = default)
    {
        await SettleAsync(cancellationToken).ConfigureAwait(false);
        EnergyTotals totals = _engine.Totals(Kpis.Read, out IReadOnlyList<KpiReading> readings);
        return ReportBuilder.Build(totals, readings, _workloads, service, _timeProvider.GetUtcNow());
    }

    internal MeteringEngine Engine => _engine;

    internal string ModelName(int index) => _engine.Models.Name(index);

    internal string TenantName(int index) => Budgets.Tenants.Name(index);
}
