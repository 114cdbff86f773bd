namespace GreenAI.Metering;

/// <summary>Data Efficiency Score: performance / training data in TB (1e12 B). Comparable only for one task and metric.</summary>
/// <remarks>Pure, thread-safe, allocates nothing. Nothing in it is metered: it counts as modelled, and its band is not known.</remarks>
public static class DataEfficiencyScore
{
    private const double BytesPerTerabyte = 1e12;

    /// <summary>DES: performance per terabyte.</summary>
    /// <param name="performance">Performance from 0 to 1, more being better; null when none was reported.</param>
    /// <param name="trainingBytes">Bytes of training data; 0 when none was reported.</param>
    /// <param name="taskAndMetric">What the performance is of, for reports: <c>ag-news, accuracy</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The performance is not from 0 to 1, or the data negative.</exception>
    /// <exception cref="ArgumentException">Task and metric have no name.</exception>
    public static KpiValue Of(double? performance, long trainingBytes, string taskAndMetric)
    {
        KpiInput.Fraction(performance ?? 0, nameof(performance));
        KpiInput.Count(trainingBytes, nameof(trainingBytes));
        KpiInput.Named(taskAndMetric, nameof(taskAndMetric), "task and metric: 'ag-news, accuracy'");
        KpiAmount stated = new(performance ?? 0, MeasurementTier.Modelled, null);
        KpiGap gap = performance is null ? KpiGap.NoAccuracy : KpiGap.None;
        KpiValue value = KpiQuotient.Per(Kpi.DataEfficiencyScore, stated, trainingBytes / BytesPerTerabyte, gap, KpiGap.NoData);
        return value with { Qualifier = taskAndMetric };
    }
}
