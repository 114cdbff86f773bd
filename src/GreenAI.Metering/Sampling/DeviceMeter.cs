namespace GreenAI.Metering;

/// <summary>One device being metered: its counter resolved, its floor, its books, its coverage. Called by the closer only.</summary>
internal sealed class DeviceMeter
{
    private const double AtLimit = 0.97;

    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(1);

    private readonly CounterTracker _tracker;
    private readonly TimeProvider _timeProvider;
    private readonly QuietPeriod _quiet = new();
    private readonly long _standstillTicks;
    private readonly long _periodTicks;
    private PooledPower _pooled;
    private long _lastPoll;
    private long _lastFailure;
    private long _firstBoundary;
    private long _lastBoundary;
    private long _coveredTicks;
    private bool _started;

    public DeviceMeter(int index, PowerDevice device, int models, int ringCapacity, TimeSpan samplingInterval, TimeProvider timeProvider)
    {
        Index = index;
        Device = device;
        Estimator = new PowerEstimator(models, device.UpdatePeriod);
        Books = new DeviceBooks(Estimator.Weights);
        _timeProvider = timeProvider;
        _tracker = new CounterTracker(device, timeProvider.TimestampFrequency);
        Ring = new SampleRing(ringCapacity);
        Floor = new IdleFloor(device.IdlePower);
        Tracked = device.Reading == DeviceReading.EnergyCounter && device.UpdatePeriod * 4 > samplingInterval;
        _standstillTicks = ToTicks(_standstill > device.UpdatePeriod * 4 ? _standstill : device.UpdatePeriod * 4);
        _periodTicks = ToTicks(device.UpdatePeriod);
        _lastPoll = long.MinValue;
    }

    public int Index { get; }

    public PowerDevice Device { get; }

    public DeviceBooks Books { get; }

    public PowerEstimator Estimator { get; }

    /// <summary>Watts of idle floor per active inference; 0 until one was seen.</summary>
    public double IdleWattsPerScope => _pooled.IdleWatts;

    public SampleRing Ring { get; }

    public IdleFloor Floor { get; }

    /// <summary>
    /// The counter moves slowly against the sampling interval: it is polled at a quarter of its period, and its interval closes
    /// when it moves.
    /// </summary>
    public bool Tracked { get; }

    /// <summary>The reading taken last, good or failed.</summary>
    public PowerSample Latest { get; private set; }

    /// <summary>The books at the boundary before the last one: what lies between is interpolated.</summary>
    public BooksMark Before { get; private set; }

    public BooksMark Mark => new(Books.Boundary, Books.Total, Books.Idle, Books.Other, _coveredTicks);

    /// <summary>When it was last read well, whether or not its counter had moved; null: never.</summary>
    public long? LastRead { get; private set; }

    /// <summary>Whether a first good reading was taken.</summary>
    public bool Started => _started;

    /// <summary>Failed readings and intervals whose energy is not known, since the start.</summary>
    public long Holes { get; private set; }

    /// <summary>The first and the last good reading as the source showed them.</summary>
    public (long First, long Last) Readings { get; private set; }

    /// <summary>Mean power of the last interval in milliwatts; −1 when there is none or the last reading failed.</summary>
    public long Milliwatts => Latest.Fault == SampleFault.None && Ring.TryGetLatest(out PowerSample sample)
        && (sample.Flags & SampleFlags.Power) != 0 ? sample.Milliwatts : -1;

    /// <summary>For how long the counter was read.</summary>
    public double CoveredSeconds => Seconds(_coveredTicks);

    /// <summary>Fraction of the time since the first reading for which the counter was read; 0 before it.</summary>
    public double Coverage(long now)
    {
        if (!_started) return 0;
        long until = Latest.Fault == SampleFault.None ? Books.Boundary : Math.Max(now, Books.Boundary);
        return until <= _firstBoundary ? 1 : Math.Clamp(_coveredTicks / (double)(until - _firstBoundary), 0, 1);
    }

    /// <summary>Whether the device has not been read for longer than a bill may wait.</summary>
    public bool IsStale(long now) => !_started || now - _lastBoundary > ToTicks(ScopeLedger.LateAfter);

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">As the source gave it.</param>
    /// <param name="force">Close now if at all possible: at the time of the reading itself, without the counter's age.</param>
    /// <param name="closeStandstill">With <paramref name="force"/>: close a tracked counter even if it has not moved.</param>
    /// <param name="closing">The interval that closes; only its end and coverage are set.</param>
    public CounterStep Take(in PowerSample reading, bool force, bool closeStandstill, out ClosingDevice closing)
    {
        closing = default;
        Latest = reading;
        long polled = _lastPoll == long.MinValue ? reading.Timestamp - _periodTicks : _lastPoll;
        _lastPoll = reading.Timestamp;
        bool stoodStill = reading.Timestamp - Books.Boundary > _standstillTicks;
        bool hold = Tracked && !stoodStill && !(force && closeStandstill);
        PowerSample dated = reading with { Timestamp = reading.Timestamp - Age(reading.Timestamp, polled, force && (!Tracked || closeStandstill)) };
        CounterStep step = _tracker.Advance(dated, hold);
        if (step.Kind is CounterStepKind.Failed or CounterStepKind.Implausible && !step.IsBoundary) Fail(reading);
        if (Latest.Fault == SampleFault.None) LastRead = reading.Timestamp;
        if (!step.IsBoundary) return step;
        Ring.Append(_tracker.Resolve(dated, step));
        if (step.Closes) Close(step, out closing);
        else Begin(step.Timestamp, reading);
        if (step.Closes && !step.Covered) Holes++;
        Readings = (Readings.First, RawValue(reading));
        _lastFailure = 0;
        return step;
    }

    /// <summary>Splits the energy of an interval: the floor first, then our share of what is dynamic.</summary>
    public IntervalEnergy Split(in CounterStep step, double ownShare)
    {
        double seconds = Seconds(step.Timestamp - step.PreviousTimestamp);
        // An interval without exact energy pays no floor: what is missing was not measured.
        long idle = step.Covered ? Floor.Book(step.Microjoules, seconds) : 0;
        long dynamic = step.Microjoules - idle;
        long own = Math.Clamp((long)Math.Round(dynamic * ownShare), 0, dynamic);
        return new IntervalEnergy(step.Microjoules, idle, dynamic - own);
    }

    /// <summary>Learns from an interval whose books are closed.</summary>
    /// <param name="step">The interval.</param>
    /// <param name="ownShare">Our share of the device's dynamic energy.</param>
    /// <param name="throttled">Whether a processor quota held this process back.</param>
    /// <param name="models">How many models are in use.</param>
    public void Learn(in CounterStep step, double ownShare, bool throttled, int models)
    {
        double seconds = Seconds(step.Timestamp - step.PreviousTimestamp);
        double activeSeconds = Seconds(Books.LastActiveTicks);
        if (!step.Covered)
        {
            _quiet.Discard();
            Estimator.DropRow();
            return;
        }

        _quiet.Add(step.Microjoules / 1e6, activeSeconds, seconds);
        // What the row explains may be negative: a floor that only cuts off would rectify the noise into a bias.
        Estimator.AddInterval(((step.Microjoules / 1e6) - (Floor.Watts * seconds)) * ownShare, seconds, Books.LastBusyTicks / _timeProvider.TimestampFrequency);
        double activeSecondsWeighted = 0;
        for (int model = 0; model < models; model++)
        {
            double active = Seconds(Books.Models[model].LastActiveTicks);
            if (active > 0 && Estimator.Weights.Uses[model]) activeSecondsWeighted += Estimator.AddActive(model, active);
        }

        // What it draws at its limit, or while a quota holds us back, says little about what the load costs.
        if (throttled || IsAtLimit(step.Microjoules / 1e6 / seconds)) Estimator.DropRow();
        _pooled.Add(Books.LastDynamic / 1e6, (Books.Idle - Before.Idle) / 1e6, activeSeconds, activeSecondsWeighted, seconds);
        Estimator.EndInterval(models, _pooled.Watts, _pooled.MeanWatts);
    }

    /// <summary>Ends a period over which processor times are known: a quiet one teaches the floor.</summary>
    public void EndPeriod(ProcessShare share, double nowSeconds)
    {
        bool ownQuiet = !Device.SharedByCpuTime || share.OwnQuiet;
        bool foreignQuiet = !Device.SharedByCpuTime || share.ForeignQuiet;
        int before = Floor.Generation;
        _quiet.End(Floor, ownQuiet, foreignQuiet, nowSeconds);
        if (Floor.Generation == before) return;
        // All that was learned stood on another floor.
        Estimator.Restart();
        _pooled = default;
    }

    /// <summary>Forgets the period so far: processor times are not known.</summary>
    public void DropPeriod() => _quiet.Clear();

    /// <summary>What is known of the device's accuracy now.</summary>
    /// <param name="shareUncertainty">Of our share by processor time.</param>
    /// <param name="nowSeconds">The time since metering began.</param>
    /// <param name="now">The time.</param>
    public DeviceQuality Quality(double shareUncertainty, double nowSeconds, long now)
    {
        double foreign = Device.SharedByCpuTime ? shareUncertainty : 0;
        double floor = _pooled.Watts > 0
            ? Math.Min(1, Floor.RelativeUncertainty(nowSeconds) * _pooled.IdlePerDynamic)
            : Floor.RelativeUncertainty(nowSeconds);
        return new DeviceQuality
        {
            Uncertainty = Device.Uncertainty.Join(floor).Join(foreign),
            Tier = Device.Tier,
            IncludesIdle = Floor.Source == FloorSource.Unknown,
            Stale = IsStale(now),
            MaxWatts = Device.MaxPower.Watts,
        };
    }

    // Never by utilisation: NVML reads 100 % on any busy board, and learning would never begin.
    private bool IsAtLimit(double watts) => Device.PowerLimit is { } limit && limit > Power.Zero && watts >= AtLimit * limit.Watts;

    private static long RawValue(in PowerSample reading) =>
        (reading.Flags & SampleFlags.Energy) != 0 ? reading.Microjoules : 0;

    // A counter shows what was true half an update ago on average, or half a poll ago when it is polled faster than it moves.
    // A forced close is dated at the reading itself: whatever ended before it is inside.
    private long Age(long timestamp, long polled, bool atReading)
    {
        if (atReading) return 0;
        return Math.Clamp(timestamp - polled, 0, _periodTicks) / 2;
    }

    private void Begin(long boundary, in PowerSample reading)
    {
        _started = true;
        _firstBoundary = _lastBoundary = boundary;
        Books.Begin(boundary);
        Before = Mark;
        Readings = (RawValue(reading), RawValue(reading));
    }

    private void Close(in CounterStep step, out ClosingDevice closing)
    {
        Before = Mark;
        long length = step.Timestamp - step.PreviousTimestamp;
        // A bridged interval has its whole energy, but was not read up to its last failure.
        long uncovered = !step.Covered ? length
            : step.Kind == CounterStepKind.Bridged ? Math.Clamp(_lastFailure - step.PreviousTimestamp, 0, length)
            : 0;
        _coveredTicks += length - uncovered;
        // The books follow when the interval is billed; the device has been read by now.
        _lastBoundary = step.Timestamp;
        closing = new ClosingDevice { Device = Index, Until = step.Timestamp, UncoveredTicks = uncovered };
    }

    private void Fail(in PowerSample reading)
    {
        Holes++;
        _lastFailure = reading.Timestamp;
        // What the source took for good but the tracker refused (beyond the counter's range, beyond the device's power) is no reading.
        if (reading.Fault == SampleFault.None) Latest = reading with { Fault = SampleFault.Malformed };
    }

    private double Seconds(long ticks) => ticks / (double)_timeProvider.TimestampFrequency;

    private long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * _timeProvider.TimestampFrequency);
}
