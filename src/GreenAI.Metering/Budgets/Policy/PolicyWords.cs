namespace GreenAI.Metering;

/// <summary>The words of policies.</summary>
internal static class PolicyWords
{
    public static WordTable<BudgetKind> Kinds { get; } = new(
        (BudgetKind.Emissions, "emissions"), (BudgetKind.Energy, "energy"),
        (BudgetKind.EmissionsPerInference, "emissionsPerInference"), (BudgetKind.EnergyPerInference, "energyPerInference"));

    public static WordTable<CarbonMethod> Bases { get; } = new(
        (CarbonMethod.LocationBased, "location"), (CarbonMethod.MarketBased, "market"), (CarbonMethod.Consequential, "marginal"));

    public static WordTable<BudgetWindowType> Windows { get; } = new(
        (BudgetWindowType.Calendar, "calendar"), (BudgetWindowType.Rolling, "rolling"), (BudgetWindowType.Lifetime, "lifetime"));

    public static WordTable<CalendarUnit> Units { get; } = new(
        (CalendarUnit.Minute, "minute"), (CalendarUnit.Hour, "hour"), (CalendarUnit.Day, "day"), (CalendarUnit.Week, "week"),
        (CalendarUnit.Month, "month"), (CalendarUnit.Quarter, "quarter"), (CalendarUnit.Year, "year"));

    public static WordTable<LadderMeasure> Measures { get; } = new((LadderMeasure.Actual, "actual"), (LadderMeasure.Forecast, "forecast"));

    public static WordTable<MeasurementTier> Tiers { get; } = new((MeasurementTier.Modelled, "modelled"), (MeasurementTier.Measured, "measured"));

    public static WordTable<LedgerOutage> Outages { get; } = new(
        (LedgerOutage.LastLease, "lastLease"), (LedgerOutage.Open, "open"), (LedgerOutage.Closed, "closed"));

    public static WordTable<Kpi> Kpis { get; } = new([.. KpiDefinitions.All.Select(definition => (definition.Kpi, definition.Abbreviation))]);
}
