namespace GreenAI.Metering;

/// <summary>
/// The closer: reads the sources, closes intervals, splits and bills their energy. One thread at a time, under one lock that
/// requests never take.
/// </summary>
internal sealed class MeteringEngine : IDisposable
{
    private static readonly TimeSpan _sharedBoundary = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly SourceMeter[] _sources;
    private readonly DeviceMeter[] _devices;
    private readonly DeviceBooks[] _books;
    private readonly ClosingDevice[] _closing;
    private readonly CounterStep[] _steps;
    private readonly ScopeLedger _ledger;
    private readonly ScopeBiller _biller;
    private readonly ModelTally[] _tallies;
    private readonly TotalsBuilder _totals;
    private readonly CarbonBooks _carbon;
    private readonly KpiCapture _indicators;
    private readonly ProcessShare _share;
    private readonly IProcessorTimes _processorTimes;
    private readonly MeterBoard _board;
    private readonly SelfCost _selfCost = new();
    private readonly List<WindowEdge> _edges = [];
    private readonly DeviceHealth _health;
    private readonly TraceRecorder? _trace;
    private readonly TimeProvider _timeProvider;
    private readonly bool _machineIsOurs;
    private readonly Learner _learner;
    private readonly long _origin;
    private long _lastClose;
    private long _lastForced;
    private double _periodEnd;
    private bool _closingNow;
    private bool _disposeAfterwards;
    private bool _disposed;

    public MeteringEngine(EnergyMeter meter, EngineParts parts)
    {
        _timeProvider = parts.TimeProvider;
        _trace = parts.Trace;
        _origin = _timeProvider.GetTimestamp();
        _lastForced = _origin - _timeProvider.TimestampFrequency;
        _machineIsOurs = parts.Options.Scope == EnergyScope.Machine;
        Models = new ModelRegistry(parts.Options.MaxModels);
        Provisional = new ProvisionalRates(Models.Capacity, _timeProvider.TimestampFrequency);
        _devices = DeviceSet.Create(parts, Models.Capacity, out _sources);
        _learner = new Learner(_devices, parts);
        _books = [.. _devices.Select(device => device.Books)];
        _closing = new ClosingDevice[_devices.Length];
        _steps = new CounterStep[_devices.Length];
        _tallies = new ModelTally[Models.Capacity];
        Slots = new SlotTable(_devices.Length, parts.Options.MaxScopes);
        _biller = new ScopeBiller(meter, _books, _tallies, _timeProvider, parts.Finals);
        _carbon = new CarbonBooks(_devices, Models.Capacity, parts.Carbon, _timeProvider, _origin);
        _biller.Prices = _carbon;
        Overhead = new OverheadFigures(_devices, _carbon);
        _totals = new TotalsBuilder(_devices, _tallies, Models, _carbon, _timeProvider);
        _indicators = new KpiCapture(_devices, _carbon, _tallies, _biller.Quality, Models.Capacity);
        Kpis = new KpiBooks(_indicators, parts.Options.Kpis ?? new KpiOptions(), Models.Capacity, _timeProvider, _origin);
        _ledger = new ScopeLedger(Slots, _books, _biller, _timeProvider.TimestampFrequency, _trace);
        _processorTimes = parts.ProcessorTimes;
        _share = new ProcessShare(_processorTimes, NowSeconds(_origin));
        _board = new MeterBoard(_devices.Length, Models.Capacity);
        _health = new DeviceHealth(_devices, parts.Logger);
        Close(_origin, CloseMode.Scheduled);
    }

    public SlotTable Slots { get; }

    public ModelRegistry Models { get; }

    public ProvisionalRates Provisional { get; }

    public ReadOnlySpan<DeviceMeter> Devices => _devices;

    public MeterBoard Board => _board;

    public KpiBooks Kpis { get; }

    public CarbonAccount Account => _carbon.Account;

    /// <summary>What is in the books and on no bill.</summary>
    public OverheadFigures Overhead { get; }

    /// <summary>Micrograms of a microjoule at a time; NaN: no factor applies. Asked by the closer.</summary>
    public double PriceAt(long now) => _carbon.PriceOver(now, now);

    /// <summary>The lowest coverage of the devices, as of the last close; 0 when there is none.</summary>
    public double LowestCoverage()
    {
        MeterSnapshot snapshot = _board.Read();
        double lowest = _devices.Length == 0 ? 0 : 1;
        for (int device = 0; device < _devices.Length; device++) lowest = Math.Min(lowest, snapshot.DeviceCoverage(device));
        return lowest;
    }

    /// <summary>Runs something while no close does. Never from within a close's own callbacks to other threads.</summary>
    public void WhileClosed(Action action)
    {
        lock (_gate) action();
    }

    /// <summary>Who charges bills to budgets; null when nobody does. Set before the first inference.</summary>
    public IBillCharges? Charges
    {
        get => _biller.Charges;
        set => _biller.Charges = value;
    }

    public EmbodiedPlan Embodied => _carbon.Plan;

    /// <summary>The shortest polling interval of the sources.</summary>
    public TimeSpan PollInterval(TimeSpan samplingInterval) =>
        _sources.Select(source => source.PollInterval).Append(samplingInterval).Min();

    /// <summary>Polls the sources that are due and closes what they moved.</summary>
    public void Tick() => Close(CloseMode.Scheduled);

    /// <summary>Closes intervals without an edge.</summary>
    public void Close(CloseMode mode)
    {
        lock (_gate)
        {
            if (!_disposed) Close(_timeProvider.GetTimestamp(), mode);
            DisposeIfAsked();
        }
    }

    /// <summary>Closes every interval now and makes an edge for a window or a settlement.</summary>
    public WindowEdge CloseNow(bool closeStandstill)
    {
        lock (_gate)
        {
            var edge = new WindowEdge(_devices.Length, _timeProvider.GetTimestamp());
            if (!_disposed) Close(edge.Time, closeStandstill ? CloseMode.ForcedStandstill : CloseMode.Forced);
            _lastForced = edge.Time;
            Resolve(edge, closeStandstill);
            DisposeIfAsked();
            return edge;
        }
    }

    /// <summary>
    /// Makes an edge at which a window begins. Within a millisecond of the end of another window it is the same boundary: a
    /// counter that moves once a millisecond has nothing to add, and windows in a row cost one reading each.
    /// </summary>
    public WindowEdge Begin(bool closeStandstill)
    {
        lock (_gate)
        {
            var edge = new WindowEdge(_devices.Length, _timeProvider.GetTimestamp());
            bool shared = _timeProvider.GetElapsedTime(_lastForced, edge.Time) < _sharedBoundary;
            return shared ? Resolve(edge, closeStandstill) : CloseNow(closeStandstill);
        }
    }

    /// <summary>The totals as of the last close.</summary>
    public EnergyTotals Totals()
    {
        lock (_gate)
        {
            return _totals.Build(_selfCost, _ledger, Slots.Dropped, _origin);
        }
    }

    /// <summary>The same with the indicators as of the same close, so that these can be recomputed from those.</summary>
    public EnergyTotals Totals(Func<IReadOnlyList<KpiReading>> read, out IReadOnlyList<KpiReading> readings)
    {
        lock (_gate)
        {
            // The last close may have found a reader and left the indicators behind.
            Kpis.Update(_lastClose, _carbon.Utc, Models.Count, wait: true);
            readings = read();
            return _totals.Build(_selfCost, _ledger, Slots.Dropped, _origin);
        }
    }

    /// <summary>Whether every device's idle floor is known.</summary>
    public bool FloorsKnown()
    {
        lock (_gate)
        {
            return _devices.All(device => device.Floor.Source is FloorSource.Observed or FloorSource.Stated);
        }
    }

    /// <summary>Closes everything a last time, bills what has ended, and lets the sources go.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposeAfterwards = _closingNow;
            if (_disposed || _closingNow) return;
            Close(_timeProvider.GetTimestamp(), CloseMode.Last);
            _disposed = true;
            _trace?.End(_totals.Build(_selfCost, _ledger, Slots.Dropped, _origin), _timeProvider.GetTimestamp(), Models);
            foreach (WindowEdge edge in _edges) edge.TryResolve(_devices, exact: false, giveUp: true, _origin);
            _edges.Clear();
            foreach (SourceMeter source in _sources) _health.DisposeQuietly(source.Source);
            (_processorTimes as IDisposable)?.Dispose();
        }
    }

    private void DisposeIfAsked()
    {
        if (_disposeAfterwards && !_closingNow) Dispose();
    }

    // Log sinks and metrics listeners are foreign code that runs within a close, on its thread: what they ask of the meter must
    // not begin another close in the middle of this one.
    private void Close(long now, CloseMode mode)
    {
        if (_closingNow) return;
        _closingNow = true;
        try
        {
            CloseOnce(now, mode);
        }
        finally
        {
            _closingNow = false;
        }
    }

    private void CloseOnce(long now, CloseMode mode)
    {
        _trace?.BeginClose(now, mode);
        _carbon.Begin(now, _timeProvider.GetUtcNow());
        _learner.Declare(Models);
        int count = Poll(now, mode);
        double nowSeconds = NowSeconds(now);
        bool period = _share.TryRefresh(nowSeconds);
        for (int i = 0; i < count; i++)
        {
            ref ClosingDevice closing = ref _closing[i];
            DeviceMeter device = _devices[closing.Device];
            closing.Energy = device.Split(_steps[closing.Device], OwnShare(device));
        }

        Assess(nowSeconds, now);
        for (int i = 0; i < count; i++) _closing[i].Band = _biller.Quality[_closing[i].Device].Uncertainty;
        _ledger.Close(_closing.AsSpan(0, count), Models, now, mode == CloseMode.Last);
        _carbon.Close(_closing.AsSpan(0, count), Models.Count);
        _biller.Charges?.EndClose(now, _carbon.Utc, Models.Count);
        for (int i = 0; i < count; i++) Learn(_closing[i]);
        _learner.Think();
        if (period) EndPeriod(nowSeconds);
        else if (!_share.IsKnown) DropPeriod(nowSeconds);
        Assess(nowSeconds, now);
        Provisional.Update(_devices, _biller.Quality, Models.Count, _carbon.PriceOver(now, now));
        ResolveEdges(now);
        Publish(now);
        _lastClose = now;
        Kpis.Update(now, _carbon.Utc, Models.Count, wait: mode != CloseMode.Scheduled);
        long end = _timeProvider.GetTimestamp();
        _selfCost.AddClosing(NowSeconds(end) - nowSeconds);
        _trace?.EndClose(end, Models, Slots.Dropped);
    }

    // Before bills are made, for what has aged; after, for what was learned.
    private void Assess(double nowSeconds, long now)
    {
        double foreign = _machineIsOurs ? 0 : _share.Uncertainty;
        for (int i = 0; i < _devices.Length; i++) _biller.Quality[i] = _devices[i].Quality(foreign, nowSeconds, now);
    }

    private WindowEdge Resolve(WindowEdge edge, bool closeStandstill)
    {
        if (!edge.TryResolve(_devices, exact: true, giveUp: closeStandstill || _disposed, edge.Time)) _edges.Add(edge);
        return edge;
    }

    private int Poll(long now, CloseMode mode)
    {
        int count = 0;
        foreach (SourceMeter source in _sources)
        {
            if (mode == CloseMode.Scheduled && !source.IsDue(now)) continue;
            source.Read(now);
            _health.Report(source);
            for (int i = 0; i < source.Devices.Length; i++)
            {
                DeviceMeter device = source.Devices[i];
                CounterStep step = device.Take(
                    source.Samples[i], mode != CloseMode.Scheduled, mode >= CloseMode.ForcedStandstill, out ClosingDevice closing);
                _health.Report(device, step);
                if (!step.Closes) continue;
                _steps[device.Index] = step;
                _closing[count++] = closing;
            }
        }

        return count;
    }

    // A device that tells the shares itself is believed; a machine-wide counter follows processor time; else all is ours.
    private double OwnShare(DeviceMeter device) =>
        _machineIsOurs ? 1
        : device.Device.SharedByCpuTime ? _share.Own
        : float.IsNaN(device.Latest.ProcessShare) ? 1
        : Math.Clamp(device.Latest.ProcessShare, 0, 1);

    private void Learn(in ClosingDevice closing)
    {
        DeviceMeter device = _devices[closing.Device];
        CounterStep step = _steps[closing.Device];
        device.Learn(step, OwnShare(device), device.Device.SharedByCpuTime && _share.Throttled, Models.Count);
        if (step.Covered) Provisional.Correct(device, (step.Timestamp - step.PreviousTimestamp) / (double)_timeProvider.TimestampFrequency, _devices.Length, Models.Count);
        AddUse(device, step);
        if (device.Device.SharedByCpuTime) _selfCost.AddDynamic((closing.Energy.Total - closing.Energy.Idle) / 1e6);
    }

    // What a device says of itself holds for the time since it was read before.
    private void AddUse(DeviceMeter device, in CounterStep step)
    {
        if (device.Device.Domain is not (EnergyDomain.Gpu or EnergyDomain.Accelerator)) return;
        double seconds = (step.Timestamp - step.PreviousTimestamp) / (double)_timeProvider.TimestampFrequency;
        DeviceClass kind = device.Device.Domain == EnergyDomain.Gpu ? DeviceClass.Gpu : DeviceClass.Accelerator;
        bool told = step.Covered && !float.IsNaN(device.Latest.Utilization);
        _indicators.AddUse(kind, told ? new(Math.Clamp(device.Latest.Utilization, 0, 1) * seconds, seconds, seconds) : new(0, 0, seconds));
    }

    private void EndPeriod(double nowSeconds)
    {
        double used = Math.Clamp(_share.BusySeconds / _share.Processors, 0, _share.PeriodSeconds);
        _indicators.AddUse(DeviceClass.Cpu, new(used, _share.PeriodSeconds, TakePeriod(nowSeconds)));
        foreach (DeviceMeter device in _devices) device.EndPeriod(_share, nowSeconds);
        _selfCost.EndPeriod(_share.BusySeconds, nowSeconds);
    }

    private double TakePeriod(double nowSeconds)
    {
        double seconds = nowSeconds - _periodEnd;
        _periodEnd = nowSeconds;
        return Math.Max(0, seconds);
    }

    // Nothing tells who was busy meanwhile: the time teaches neither the floor nor the cost of a busy processor.
    private void DropPeriod(double nowSeconds)
    {
        _indicators.AddUse(DeviceClass.Cpu, new(0, 0, TakePeriod(nowSeconds)));
        foreach (DeviceMeter device in _devices) device.DropPeriod();
        _selfCost.DropPeriod(nowSeconds);
    }

    private void ResolveEdges(long now)
    {
        long lateTicks = (long)(ScopeLedger.LateAfter.TotalSeconds * _timeProvider.TimestampFrequency);
        for (int i = _edges.Count - 1; i >= 0; i--)
        {
            if (_edges[i].TryResolve(_devices, exact: false, giveUp: now - _edges[i].Time > lateTicks, now)) _edges.RemoveAt(i);
        }
    }

    private void Publish(long now)
    {
        Span<long> values = _board.BeginWrite();
        int models = Models.Count;
        MeterSnapshot.WriteHeader(values, models, _ledger.OpenScopes, _selfCost.Watts ?? double.NaN);
        MeterSnapshot.WriteCarbon(values, _carbon);
        foreach (DeviceMeter device in _devices) MeterSnapshot.WriteDevice(values, device, now);
        for (int model = 0; model < models; model++)
        {
            long assigned = 0;
            foreach (DeviceBooks books in _books) assigned += books.Models[model].Assigned;
            ref readonly CarbonModelBook carbon = ref _carbon.Models[model];
            MeterSnapshot.WriteModel(
                values, _devices, model, assigned, carbon.IdleMicrojoules, _tallies[model], GridPrice.Grams(carbon.Dynamic), _carbon.EmbodiedGrams(carbon.Embodied));
        }

        _board.EndWrite();
    }

    private double NowSeconds(long now) => (now - _origin) / (double)_timeProvider.TimestampFrequency;
}
