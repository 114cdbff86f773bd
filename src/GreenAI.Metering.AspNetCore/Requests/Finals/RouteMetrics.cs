using System.Diagnostics.Metrics;

namespace GreenAI.Metering;

/// <summary>The instruments of requests: what an inference has cost, by model and route.</summary>
internal sealed class RouteMetrics
{
    private static readonly InstrumentAdvice<double> _energyBuckets = new()
    {
        HistogramBucketBoundaries = [1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 10_000],
    };

    private static readonly InstrumentAdvice<double> _emissionBuckets = new()
    {
        HistogramBucketBoundaries = [1e-10, 1e-9, 1e-8, 1e-7, 3e-7, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    };

    private readonly Histogram<double> _energy;
    private readonly Histogram<double> _emissions;

    public RouteMetrics(IMeterFactory? factory, Func<long> overflow)
    {
        var options = new MeterOptions(RequestInstruments.Meter) { Version = typeof(RouteMetrics).Assembly.GetName().Version?.ToString(3) };
        Meter meter = factory is null ? new Meter(options) : factory.Create(options);
        _energy = meter.CreateHistogram(
            RequestInstruments.RequestEnergy, "J", "Energy above the idle floor of one inference of a request.", null, _energyBuckets);
        _emissions = meter.CreateHistogram(
            RequestInstruments.RequestEmissions, "g", "Operational emissions (CO2e) above the idle floor of one inference of a request.", null, _emissionBuckets);
        meter.CreateObservableCounter(
            RequestInstruments.RequestOverflow, overflow, "{inference}", "Inferences of requests whose final footprint could not be told with its request.");
    }

    public bool IsEnabled => _energy.Enabled || _emissions.Enabled;

    // A figure that is not known is left out, not recorded as 0; so is a route that an endpoint does not have.
    public void Record(in InferenceFootprint footprint, string? route)
    {
        if (!IsEnabled) return;
        KeyValuePair<string, object?> model = new(RequestInstruments.Model, footprint.Model.Name);
        if (route is null)
        {
            if (footprint.Marginal is { } joules) _energy.Record(joules.Joules, model);
            if (footprint.MarginalGramsCO2e is { } mass) _emissions.Record(mass, model);
            return;
        }

        KeyValuePair<string, object?> path = new(RequestInstruments.Route, route);
        if (footprint.Marginal is { } energy) _energy.Record(energy.Joules, model, path);
        if (footprint.MarginalGramsCO2e is { } grams) _emissions.Record(grams, model, path);
    }
}
