namespace GreenAI.Metering.Benchmarks;

/// <summary>The books of indicators of a meter with 64 models at work, 4 devices, a grid factor and embodied carbon.</summary>
internal sealed class Indicators : IDisposable
{
    private const int Models = 64;

    private readonly SteppedTime _time = new();
    private readonly EnergyMeter _meter;
    private readonly KpiBooks _books;
    private readonly KpiValue[] _values = new KpiValue[KpiEvaluation.MaxValues];
    private readonly KpiTaker _take;
    private readonly long _step;
    private DateTimeOffset _utc;
    private double _sum;
    private long _now;

    public Indicators()
    {
        _meter = BenchmarkMeter.Create(_time, devices: 4, new GreenAIMeteringOptions
        {
            Carbon = new CarbonOptions
            {
                GramsPerKilowattHour = 400,
                Source = "bench",
                Pue = 1.2,
                Embodied = { ["server"] = new EmbodiedOptions { KilogramsCO2e = 1000, LifespanYears = 4, Uncertainty = 0.3 } },
            },
        });
        ModelHandle[] models = [.. Enumerable.Range(0, Models).Select(i => _meter.Model($"model-{i}"))];
        foreach (ModelHandle model in models) _meter.Kpis.RecordTraining(_meter.ModelName(model.Index), new ModelTraining { Accuracy = 0.9, Energy = TrainingEnergy.None });
        for (int tick = 0; tick < 100; tick++)
        {
            InferenceScope[] scopes = [.. models.Select(_meter.Begin)];
            _time.Step(TimeSpan.FromMilliseconds(100));
            foreach (InferenceScope scope in scopes) scope.Complete(10);
            _meter.Engine.Tick();
        }

        _meter.Engine.CloseNow(closeStandstill: true);
        _books = _meter.Engine.Kpis;
        _step = TimeSpan.TicksPerHour / TimeSpan.TicksPerSecond * _time.TimestampFrequency;
        _now = _time.GetTimestamp();
        _utc = _time.GetUtcNow();
        _take = (int _, int _, in KpiValue value) =>
        {
            Taken++;
            if (value.Value is not { } number) return;
            Defined++;
            _sum += number;
        };
    }

    public int Taken { get; private set; }

    public int Defined { get; private set; }

    public double Sum => _sum;

    /// <summary>What a tick pays, at its dearest: a mark in every window.</summary>
    public void Update()
    {
        _now += _step;
        _utc += TimeSpan.FromHours(1);
        _books.Update(_now, _utc, Models, wait: false);
    }

    /// <summary>What a scrape pays: every indicator of the host and of each model over each window.</summary>
    public void Evaluate()
    {
        Taken = Defined = 0;
        _books.EvaluateAll(_values, _take);
    }

    public void Dispose() => _meter.Dispose();
}
