namespace GreenAI.Metering;

/// <summary>Watts per Query: mean watts, idle included / mean queries per second. It is an energy: joules per query.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. The guide's target, 10 W per 1,000 queries a second, is 10 mJ per query: caches, lookups
/// and small models reach it. It is not meant for generative models (<see cref="WorkloadKind"/>).
/// </remarks>
public static class WattsPerQuery
{
    /// <summary>WpQ of an energy and a number of queries in one window.</summary>
    /// <param name="joules">Energy of the window in joules, idle included.</param>
    /// <param name="queries">Queries that ended in it.</param>
    /// <param name="window">How long it was.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or the window does not last.</exception>
    public static KpiValue Of(in KpiAmount joules, long queries, TimeSpan window)
    {
        KpiInput.Amount(joules, nameof(joules));
        KpiInput.Count(queries, nameof(queries));
        KpiInput.Duration(window, nameof(window));
        double seconds = window.TotalSeconds;
        return Of(joules with { Value = joules.Value / seconds }, queries / seconds) with { Window = window };
    }

    /// <summary>WpQ of two means over the same time.</summary>
    /// <param name="meanWatts">Mean power in watts, idle included.</param>
    /// <param name="queriesPerSecond">Mean queries per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static KpiValue Of(in KpiAmount meanWatts, double queriesPerSecond)
    {
        KpiInput.Amount(meanWatts, nameof(meanWatts));
        KpiInput.NotNegative(queriesPerSecond, nameof(queriesPerSecond));
        return KpiQuotient.Per(
            Kpi.WattsPerQuery, KpiQuotient.Known(meanWatts), queriesPerSecond, KpiQuotient.GapOfEnergy(meanWatts), KpiGap.NoInference);
    }
}
