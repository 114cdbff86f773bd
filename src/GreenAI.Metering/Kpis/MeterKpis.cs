namespace GreenAI.Metering;

/// <summary>The live indicators of a meter, and what the application tells them.</summary>
/// <remarks>
/// Thread-safe. Values are as of the last close of the meter. What is recorded costs a short lock and is not for the path of a
/// request; <see cref="RecordOutcome"/> takes none and is.
/// </remarks>
public sealed class MeterKpis
{
    private readonly EnergyMeter _meter;
    private readonly KpiBooks _books;
    private readonly TimeProvider _timeProvider;
    private readonly IReadOnlyList<TimeSpan> _windows;
    private Cached? _latest;

    internal MeterKpis(EnergyMeter meter, KpiBooks books, IReadOnlyList<TimeSpan> windows, TimeProvider timeProvider)
    {
        _meter = meter;
        _books = books;
        _windows = windows;
        _timeProvider = timeProvider;
    }

    /// <summary>
    /// All indicators: of the host and of each model, by window; then those that have no window. One that is undefined is in it, with its reason; one for
    /// which the application has said nothing yet (training, attempts, outcomes) is left out. All are as of one and the same close.
    /// </summary>
    public IReadOnlyList<KpiReading> Read()
    {
        var readings = new List<KpiReading>();
        var values = new KpiValue[KpiEvaluation.MaxValues];
        _books.EvaluateAll(values, (int model, int window, in KpiValue value) =>
            readings.Add(new KpiReading(model < 0 ? null : _meter.ModelName(model), window < 0 ? null : _windows[window], value)));
        return readings;
    }

    /// <summary>The same, not older than the last close: ten gauges that are read together are computed once.</summary>
    internal IReadOnlyList<KpiReading> Latest()
    {
        long version = _books.Version;
        if (Volatile.Read(ref _latest) is { } latest && latest.Version == version) return latest.Readings;
        IReadOnlyList<KpiReading> readings = Read();
        Volatile.Write(ref _latest, new Cached(version, readings));
        return readings;
    }

    /// <summary>Says how a model was made and how good it is; a later call replaces an earlier one.</summary>
    /// <param name="model">The model's name; registered when it is new.</param>
    /// <param name="training">What is known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is not from 0 to 1, or the bytes are negative.</exception>
    /// <exception cref="ArgumentException">The name is not one of a model.</exception>
    public void RecordTraining(string model, ModelTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        KpiInput.Fraction(training.Accuracy ?? 0, nameof(training.Accuracy));
        KpiInput.Count(training.DataBytes, nameof(training.DataBytes));
        _books.Record(_meter.Model(model).Index, record =>
        {
            record.HasTraining = true;
            record.Training = training.Energy;
            record.Accuracy = training.Accuracy;
            record.TrainingBytes = training.DataBytes;
            record.TaskAndMetric = string.IsNullOrWhiteSpace(training.TaskAndMetric) ? "task and metric not stated" : training.TaskAndMetric;
        });
    }

    /// <summary>
    /// Adds an attempt at a solution, such as a training run: what this process and the idle floor took in an <see cref="EnergyWindow"/>. Energy-to-Solution sums the
    /// attempts, failed ones too, until one has reached the outcome; the next attempt after that begins another solution.
    /// </summary>
    /// <param name="model">The model that is to be solved; registered when it is new.</param>
    /// <param name="reading">The window's reading.</param>
    /// <param name="reached">Whether the attempt reached the outcome.</param>
    /// <exception cref="ArgumentException">The name is not one of a model.</exception>
    public void RecordAttempt(string model, EnergyReading reading, bool reached)
    {
        ArgumentNullException.ThrowIfNull(reading);
        KpiAmount energy = TrainingEnergy.OfReading(reading).KilowattHours;
        _books.Record(_meter.Model(model).Index, record => record.Add(new KpiAttempt(energy, reached)));
    }

    /// <summary>Counts outcomes of the business, such as accepted answers, for Compute Hours per Outcome of the host.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public void RecordOutcome(long count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _books.AddOutcomes(count);
    }

    /// <summary>
    /// Says how much green energy was generated or contracted for the metered machines, with the overhead of their data centre, over a time that is over, spread evenly over it; several calls add up. What lies before
    /// metering began counts for nothing.
    /// </summary>
    /// <param name="energy">The energy; none is said by zero.</param>
    /// <param name="from">The start of the time.</param>
    /// <param name="to">Its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The energy is negative, the time is empty, longer than 366 days or not over.</exception>
    public void RecordRenewable(Energy energy, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(energy.Microjoules, 0, nameof(energy));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to - from, TimeSpan.FromDays(366), nameof(from));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, _timeProvider.GetUtcNow());
        _books.RecordRenewable(energy, from, to);
    }

    private sealed record Cached(long Version, IReadOnlyList<KpiReading> Readings);
}
