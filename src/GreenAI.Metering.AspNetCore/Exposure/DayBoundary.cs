namespace GreenAI.Metering;

/// <summary>What had been metered by a midnight (UTC), of this process and its share of idle hardware.</summary>
internal readonly struct DayBoundary
{
    public required DateOnly Day { get; init; }

    public required long Microjoules { get; init; }

    public required long OperationalMicrograms { get; init; }

    public required long? EmbodiedMicrograms { get; init; }

    /// <summary>Energy that a grid factor was applied to, of all energy the counters gave.</summary>
    public required double Priced { get; init; }

    public required double Total { get; init; }

    /// <summary>Seconds for which every device was read.</summary>
    public required double Covered { get; init; }

    public required double Elapsed { get; init; }

    public required MeasurementTier Tier { get; init; }

    public required CarbonMethod Method { get; init; }

    public static DayBoundary Of(EnergyTotals totals, DateOnly day) => new()
    {
        Day = day,
        Microjoules = (totals.Total - totals.Other).Microjoules,
        OperationalMicrograms = (totals.Carbon.Operational?.Micrograms ?? 0) - (totals.Carbon.OperationalOther?.Micrograms ?? 0),
        EmbodiedMicrograms = totals.Carbon.Embodied?.Micrograms,
        Priced = totals.Carbon.PricedShare * totals.Total.Microjoules,
        Total = totals.Total.Microjoules,
        Covered = totals.Coverage * totals.Elapsed.TotalSeconds,
        Elapsed = totals.Elapsed.TotalSeconds,
        Tier = totals.Tier,
        Method = totals.Carbon.Method,
    };
}
