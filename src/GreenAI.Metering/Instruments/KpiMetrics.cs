using System.Diagnostics.Metrics;
using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The gauges of indicators. An undefined indicator has no row: it is absent, not 0.</summary>
internal sealed class KpiMetrics
{
    private readonly MeterKpis _kpis;

    public KpiMetrics(Meter meter, MeterKpis kpis)
    {
        _kpis = kpis;
        Create(meter, InstrumentNames.CarbonPerInference, "g", Kpi.CarbonPerInference, "Operational and embodied grams of CO2e per completed inference, idle included.");
        Create(meter, InstrumentNames.EnergyPerInference, "J", Kpi.EnergyPerInference, "Energy per completed inference, idle included.");
        Create(meter, InstrumentNames.WattsPerQuery, "J", Kpi.WattsPerQuery, "Mean watts per mean queries per second: joules per query.");
        // No base unit says per kilowatt-hour or per terabyte: the names do, as Prometheus has it.
        Create(meter, InstrumentNames.ModelEfficiencyRatio, "1", Kpi.ModelEfficiencyRatio, "Accuracy per kilowatt-hour of allocated training and inference.");
        Create(meter, InstrumentNames.EnergyToSolution, "J", Kpi.EnergyToSolution, "Energy of all attempts, failed ones too, once the outcome was reached.", 3.6e6);
        Create(meter, InstrumentNames.HardwareUtilization, "1", Kpi.HardwareUtilization, "Share of the provisioned capacity in use.");
        Create(meter, InstrumentNames.DataEfficiencyScore, "1", Kpi.DataEfficiencyScore, "Performance per terabyte (1e12 B) of training data.");
        Create(meter, InstrumentNames.EmbodiedRate, "g/h", Kpi.EmbodiedRate, "Embodied grams of CO2e per useful hour.");
        Create(meter, InstrumentNames.RenewableMatching, "1", Kpi.RenewableMatching, "Green energy against load over the whole period, at most 1.");
        Create(meter, InstrumentNames.ComputeTimePerOutcome, "s", Kpi.ComputeHoursPerOutcome, "Provisioned device time per outcome of the application.", 3600);
    }

    private void Create(Meter meter, string name, string unit, Kpi kpi, string description, double scale = 1) =>
        meter.CreateObservableGauge(name, () => Observe(kpi, scale), unit, description);

    private List<Measurement<double>> Observe(Kpi kpi, double scale)
    {
        var rows = new List<Measurement<double>>();
        foreach (KpiReading reading in _kpis.Latest())
        {
            if (reading.Value.Kpi != kpi || reading.Value.Value is not { } value || !double.IsFinite(value)) continue;
            rows.Add(new Measurement<double>(value * scale, Tags(reading)));
        }

        return rows;
    }

    private static List<KeyValuePair<string, object?>> Tags(in KpiReading reading)
    {
        var tags = new List<KeyValuePair<string, object?>>(3);
        if (reading.Model is { } model) tags.Add(new(InstrumentNames.Model, model));
        if (reading.Asked is { } window) tags.Add(new(InstrumentNames.Window, Text(window)));
        if (reading.Value.Kpi is Kpi.HardwareUtilization or Kpi.ComputeHoursPerOutcome && reading.Value.Qualifier is { } device)
            tags.Add(new(InstrumentNames.HardwareType, device[..device.IndexOf(',', StringComparison.Ordinal)]));
        return tags;
    }

    // 5m, 1h, 1d: as Prometheus writes durations.
    internal static string Text(TimeSpan window) => window switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerDay}d"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerHour}h"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMinute}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{window.TotalSeconds:0.###}s"),
    };
}
