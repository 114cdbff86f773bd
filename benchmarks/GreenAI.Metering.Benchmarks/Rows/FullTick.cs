namespace GreenAI.Metering.Benchmarks;

/// <summary>A meter with 10,000 scopes in flight, 256 models and 4 devices, ticked by hand.</summary>
internal sealed class FullTick : IDisposable
{
    private const int Scopes = 10_000;

    private readonly SteppedTime _time = new();
    private readonly EnergyMeter _meter;
    private readonly ModelHandle[] _models;
    private readonly InferenceScope[] _scopes = new InferenceScope[Scopes];
    private int _turn;

    public FullTick()
    {
        _meter = BenchmarkMeter.Create(_time, devices: 4);
        _models = [.. Enumerable.Range(0, 256).Select(i => _meter.Model($"model-{i}"))];
        for (int i = 0; i < Scopes; i++) _scopes[i] = _meter.Begin(_models[i % _models.Length]);
    }

    /// <summary>A tenth of the scopes end and others begin; the clock moves.</summary>
    public void Before()
    {
        for (int i = _turn++ % 10; i < Scopes; i += 10)
        {
            _scopes[i].Complete();
            _scopes[i] = _meter.Begin(_models[i % _models.Length]);
        }

        _time.Step(TimeSpan.FromMilliseconds(100));
    }

    public void Tick() => _meter.Engine.Tick();

    public void Dispose()
    {
        if (_meter.GetTotals().OpenScopes < Scopes * 9 / 10) throw new InvalidOperationException("The scopes must be in flight.");
        _meter.Dispose();
    }
}
