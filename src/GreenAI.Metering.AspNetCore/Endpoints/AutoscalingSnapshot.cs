namespace GreenAI.Metering;

/// <summary>What all models' signals are made of, as of one moment.</summary>
internal sealed class AutoscalingSnapshot
{
    private readonly Dictionary<string, AutoscalingSignals> _models;
    private readonly TimeProvider _time;
    private readonly long _timestamp;
    private readonly TimeSpan? _age;

    private AutoscalingSnapshot(EnergyTotals totals, Dictionary<string, AutoscalingSignals> models, TimeProvider time)
    {
        _models = models;
        _time = time;
        _timestamp = time.GetTimestamp();
        Taken = time.GetUtcNow();
        Tier = totals.Tier;
        Coverage = totals.Coverage;
        // The device that was not read for longest: a signal that lacks it is no signal.
        _age = totals.Devices.Count > 0 && totals.Devices.All(device => device.SinceReading is not null) ? totals.Devices.Max(device => device.SinceReading) : null;
    }

    public DateTimeOffset Taken { get; }

    public MeasurementTier Tier { get; }

    public double Coverage { get; }

    /// <summary>The age of the oldest last reading now; null: there is no device, or one was never read.</summary>
    public TimeSpan? Age => _age + _time.GetElapsedTime(_timestamp);

    /// <summary>The signals of a model; null: no such model is known. Nothing is registered by asking.</summary>
    public AutoscalingSignals? Of(string model) => _models.GetValueOrDefault(model);

    public static AutoscalingSnapshot Of(EnergyMeter meter, TimeProvider time)
    {
        EnergyTotals totals = meter.GetTotals();
        IReadOnlyList<KpiReading> readings = meter.Kpis.Read();
        BudgetPolicy? policy = meter.Budgets.Policy;
        IReadOnlyList<BudgetStatus> budgets = meter.Budgets.Status();
        TimeSpan? window = readings.Min(reading => reading.Asked);
        double? utilization = Utilization(readings, window);
        double? intensity = totals.Carbon.CurrentFactor?.Intensity.GramsPerKilowattHour;
        var models = new Dictionary<string, AutoscalingSignals>(StringComparer.Ordinal);
        foreach (ModelTotals model in totals.Models)
        {
            models[model.Name] = new AutoscalingSignals(BudgetPressure.Of(model.Name, policy, budgets))
            {
                HardwareUtilization = utilization,
                CarbonIntensity = intensity,
            };
        }

        foreach (KpiReading reading in readings)
        {
            if (reading.Model is not { } name || reading.Asked != window || !models.TryGetValue(name, out AutoscalingSignals? signals)) continue;
            if (reading.Value.Kpi == Kpi.EnergyPerInference) signals.EnergyPerInferenceJoules = Finite(reading.Value.Value);
            if (reading.Value.Kpi == Kpi.WattsPerQuery) signals.WattsPerQps = Finite(reading.Value.Value);
        }

        return new AutoscalingSnapshot(totals, models, time);
    }

    // The busiest class of devices, as HPA takes the highest of several metrics. One class that is not known could be the busiest: then nothing is.
    private static double? Utilization(IReadOnlyList<KpiReading> readings, TimeSpan? window)
    {
        double? highest = null;
        foreach (KpiReading reading in readings)
        {
            if (reading.Model is not null || reading.Asked != window || reading.Value.Kpi != Kpi.HardwareUtilization) continue;
            if (Finite(reading.Value.Value) is not { } value) return null;
            highest = Math.Max(highest ?? 0, value);
        }

        return highest;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
