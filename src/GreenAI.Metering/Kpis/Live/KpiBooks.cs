namespace GreenAI.Metering;

/// <summary>The live indicators: counters of host and models copied from the books at each close, and windows over them.</summary>
/// <remarks>
/// <see cref="Update(long, DateTimeOffset, int, bool)"/> is called by the closer; all else by anybody. One lock, which a closer takes after its own, under which nothing but arithmetic happens: no
/// driver, no lock of the closer, no foreign code. A close that finds it taken leaves the update to the next.
/// </remarks>
internal sealed class KpiBooks
{
    private readonly object _gate = new();
    private readonly KpiCapture _capture;
    private readonly KpiWindow[] _windows;
    private readonly KpiCounters[][][] _marks;
    private readonly HostCounters[][] _hostMarks;
    private readonly MinuteMeans?[] _minutes;
    private readonly KpiCounters[] _now;
    private readonly Dictionary<int, ModelRecord> _records = [];
    private readonly RenewableBooks _renewables = new();
    private readonly KpiTargets _targets;
    private readonly TimeProvider _timeProvider;
    private readonly KpiView[] _views;
    private HostCounters _host;
    private long _viewed = -1;
    private double _loadTold;
    private long _time;
    private long _outcomes;
    private long _version;
    private int _models;

    public KpiBooks(KpiCapture capture, KpiOptions options, int models, TimeProvider timeProvider, long origin)
    {
        _capture = capture;
        _timeProvider = timeProvider;
        _targets = new KpiTargets(options);
        _windows = [.. options.WindowsOrDefault.Select(length => new KpiWindow(length, timeProvider.TimestampFrequency))];
        _marks = [.. _windows.Select(_ => new KpiCounters[models + 1][])];
        _hostMarks = [.. _windows.Select(_ => new HostCounters[KpiWindow.Marks])];
        _minutes = [.. Enum.GetValues<DeviceClass>().Select(device => capture.Has(device) ? new MinuteMeans(timeProvider.TimestampFrequency, KpiCapture.Estimator(device)) : null)];
        _views = new KpiView[_windows.Length];
        _now = new KpiCounters[models + 1];
        _time = origin;
        foreach (KpiCounters[][] window in _marks) window[0] = new KpiCounters[KpiWindow.Marks];
    }

    /// <summary>Another after each change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Copies the books as they stand after a close. Allocates nothing, but for a model's first time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="utc">The same by the calendar.</param>
    /// <param name="models">How many models are in use.</param>
    /// <param name="wait">Whether to wait for a reader; otherwise the update is left to the next close.</param>
    public void Update(long now, DateTimeOffset utc, int models, bool wait)
    {
        bool taken = false;
        try
        {
            if (wait) Monitor.Enter(_gate, ref taken);
            else Monitor.TryEnter(_gate, ref taken);
            if (!taken) return;
            Update(now, utc, models);
            Volatile.Write(ref _version, _version + 1);
        }
        finally
        {
            if (taken) Monitor.Exit(_gate);
        }
    }

    /// <summary>The indicators of one subject over one window.</summary>
    /// <param name="model">The model; −1 for the host.</param>
    /// <param name="window">The window.</param>
    /// <param name="values">Receives them; <see cref="KpiEvaluation.MaxValues"/> have room.</param>
    /// <returns>How many.</returns>
    public int Evaluate(int model, int window, Span<KpiValue> values)
    {
        lock (_gate)
        {
            if (_viewed != _version) View();
            ref readonly KpiView view = ref _views[window];
            // Asked for from the first outcome on, also in windows that have none.
            var evaluation = new KpiEvaluation(_host.Outcomes > 0, _capture, _targets, in view);
            if (model < 0) return evaluation.Host(view.Whole, values);
            KpiCounters part = _marks[window][model + 1] is { } marks ? _now[model + 1] - marks[view.Place] : _now[model + 1];
            return evaluation.Model(model, part, _records.Count > 0 ? _records.GetValueOrDefault(model) : null, values);
        }
    }

    /// <summary>The indicators of one subject that have no window: energy to solution, data efficiency, and of the host sustained use and renewables.</summary>
    public int EvaluateLasting(int model, Span<KpiValue> values)
    {
        lock (_gate)
        {
            int count = 0;
            if (_records.TryGetValue(model, out ModelRecord? record))
            {
                if (record.HasAttempts) values[count++] = _targets.Judge(record.EnergyToSolution);
                if (record.HasTraining) values[count++] = _targets.Judge(DataEfficiencyScore.Of(record.Accuracy, record.TrainingBytes, record.TaskAndMetric));
            }

            if (model >= 0) return count;
            foreach (DeviceClass device in KpiCapture.Classes)
            {
                if (_minutes[(int)device] is { } minutes) values[count++] = _targets.Judge(minutes.Sustained);
            }

            if (_capture.LoadKilowattHours(0) is null)
            {
                // What the machines draw is not what the site draws, and what the site draws is not known.
                values[count++] = _targets.Judge(new KpiValue { Kpi = Kpi.RenewableMatching, Gap = KpiGap.NoPue });
                values[count++] = _targets.Judge(new KpiValue { Kpi = Kpi.HourlyRenewableMatching, Gap = KpiGap.NoPue });
                return count;
            }

            RelativeUncertainty? band = _capture.HostBand();
            var green = RelativeUncertainty.Symmetric(0);
            MeasurementTier told = _renewables.IsReported ? MeasurementTier.Measured : MeasurementTier.Unavailable, tier = _capture.HostTier;
            KpiAmount given = new(Sum(_renewables.Green), told, green);
            double load = Sum(_renewables.Load);
            values[count++] = _targets.Judge(RenewableMatching.OfPeriod(given, new KpiAmount(load, tier, band)));
            // Without green energy there are no hours to match.
            values[count++] = _targets.Judge(_renewables.IsReported
                ? RenewableMatching.Hourly(_renewables.Green, _renewables.Load, told, tier, green, band)
                : RenewableMatching.Hourly([0], [load], told, tier, green, band));
            return count;
        }
    }

    /// <summary>All indicators as of one and the same close.</summary>
    /// <param name="values">Room for the indicators of one subject and window.</param>
    /// <param name="take">Receives model (−1 for the host), window (−1 for indicators that have none) and indicator. It is the library's own: it runs under the lock.</param>
    public void EvaluateAll(Span<KpiValue> values, KpiTaker take)
    {
        lock (_gate)
        {
            for (int model = -1; model < _models; model++)
            {
                for (int window = 0; window < _windows.Length; window++) Take(model, window, values[..Evaluate(model, window, values)], take);
                Take(model, -1, values[..EvaluateLasting(model, values)], take);
            }
        }
    }

    /// <summary>Changes what the application has said of a model; −1 for the host.</summary>
    public void Record(int model, Action<ModelRecord> change)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(model, out ModelRecord? record)) _records[model] = record = new ModelRecord();
            change(record);
            // A model that nobody has used yet has indicators from what is said of it.
            Grow(model + 1);
            Volatile.Write(ref _version, _version + 1);
        }
    }

    /// <summary>Outcomes are counted where requests end: without a lock.</summary>
    public void AddOutcomes(long count)
    {
        // A count that turned over would be worse than one that stops.
        if (Interlocked.Read(ref _outcomes) <= long.MaxValue / 2) Interlocked.Add(ref _outcomes, Math.Min(count, long.MaxValue / 2));
    }

    public void RecordRenewable(Energy energy, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            _renewables.AddGreen(energy.KilowattHours, from, to);
            Volatile.Write(ref _version, _version + 1);
        }
    }

    private void Update(long now, DateTimeOffset utc, int models)
    {
        Grow(models);
        _time = now;
        _capture.Read(_now, ref _host, models);
        _host.Outcomes = Interlocked.Read(ref _outcomes);
        for (int window = 0; window < _windows.Length; window++)
        {
            if (!_windows[window].IsDue(now)) continue;
            int place = _windows[window].Push(now);
            _hostMarks[window][place] = _host;
            for (int subject = 0; subject <= models; subject++) _marks[window][subject][place] = _now[subject];
        }

        foreach (DeviceClass device in KpiCapture.Classes) _minutes[(int)device]?.Add(_host[device], now);
        if (_capture.LoadKilowattHours(_host.Metered) is not { } load) return;
        _renewables.AddLoad(load - _loadTold, utc);
        _loadTold = load;
    }

    private void Grow(int models)
    {
        for (; _models < models; _models++)
        {
            foreach (KpiCounters[][] window in _marks) window[_models + 1] = new KpiCounters[KpiWindow.Marks];
        }
    }

    private static void Take(int model, int window, ReadOnlySpan<KpiValue> values, KpiTaker take)
    {
        foreach (ref readonly KpiValue value in values) take(model, window, value);
    }

    private void View()
    {
        for (int window = 0; window < _windows.Length; window++)
        {
            (int place, long time) = _windows[window].Start(_time);
            _views[window] = new KpiView(
                place, _timeProvider.GetElapsedTime(time, _time), _host - _hostMarks[window][place], _now[0] - _marks[window][0][place], _capture.HostBand());
        }

        _viewed = _version;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }
}
