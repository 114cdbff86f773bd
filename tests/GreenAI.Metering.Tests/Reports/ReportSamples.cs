namespace GreenAI.Metering.Tests;

/// <summary>Reports whose figures agree, made by hand.</summary>
internal static class ReportSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A service of two models on a processor and a board, all parts filled in.</summary>
    public static EfficiencyReport Full { get; } = new()
    {
        LibraryVersion = "0.1.0",
        GeneratedAt = Noon,
        Elapsed = TimeSpan.FromSeconds(3600.25),
        Service = "digits",
        Accounting = Accounting,
        Energy = new()
        {
            Total = Microjoules(1_000_000),
            Settled = Microjoules(500_000),
            Open = Microjoules(20_000),
            Late = Microjoules(1),
            Idle = Microjoules(300_000),
            Unattributed = Microjoules(79_999),
            Other = Microjoules(100_000),
            Coverage = 0.995,
            Tier = MeasurementTier.Measured,
        },
        Devices =
        [
            Device("rapl:package-0", 600_000),
            Device("nvml:GPU-1", 400_000) with { Domain = EnergyDomain.Gpu, Holes = 3 },
        ],
        Carbon = new()
        {
            Operational = new() { Total = Micrograms(110), Models = Micrograms(60), Idle = Micrograms(30), Unattributed = Micrograms(9), Other = Micrograms(11) },
            OperationalGap = CarbonGap.Unreachable,
            OperationalReason = "The source did not answer for 3 minutes.",
            PricedShare = 0.99,
            FallbackShare = 0.25,
            Embodied = new() { Total = Micrograms(40), Models = Micrograms(25), Idle = Micrograms(15) },
            WaterLitres = 5e-7,
        },
        Factors = [Factor("Ember, 2024", 342.06), Factor("a fallback", 381) with { Factor = Grid("a fallback", 381) with { FallbackRank = 1, IsEstimated = true } }],
        EmbodiedItems =
        [
            new() { Name = "server", Total = Micrograms(1_300_000_000_000), LifespanHours = 35_040, Share = 0.25, Source = "the manufacturer's sheet" },
            new() { Name = "board", Source = "not stated" },
        ],
        Models = [Model("mlp", 400_001, 50, 20) with { Workload = "classification" }, Model("linear", 120_000, 10, 5)],
        Kpis =
        [
            Carbon("mlp", 100, 200),
            Joules(null, 1.2, 100),
            Undefined(Kpi.ModelEfficiencyRatio, KpiGap.NoAccuracy),
        ],
    };

    /// <summary>Nothing metered, nothing configured: as honest as it gets.</summary>
    public static EfficiencyReport Empty { get; } = new()
    {
        LibraryVersion = "0.1.0",
        GeneratedAt = Noon,
        Elapsed = TimeSpan.Zero,
        Accounting = Accounting with { Pue = null, Wue = null },
        Energy = new()
        {
            Total = default,
            Settled = default,
            Open = default,
            Late = default,
            Idle = default,
            Unattributed = default,
            Other = default,
            Coverage = 0,
            Tier = MeasurementTier.Unavailable,
        },
        Carbon = new() { OperationalGap = CarbonGap.NotConfigured, OperationalReason = "No zone is configured: set Carbon:Zone.", EmbodiedReason = "No embodied figures are stated." },
    };

    public static ReportAccounting Accounting => new()
    {
        Method = CarbonMethod.LocationBased,
        Boundary = CarbonBoundary.Lifecycle,
        Pue = 1.2,
        Wue = 1.8,
        IdleRule = "by active time",
        UncertaintyRule = "root of the sum of squares",
    };

    public static Energy Microjoules(long amount) => Energy.FromMicrojoules(amount);

    public static CarbonMass Micrograms(long amount) => CarbonMass.FromMicrograms(amount);

    public static ReportDevice Device(string id, long microjoules) => new()
    {
        Id = id,
        Name = $"device {id}",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        Total = Microjoules(microjoules),
        Idle = Microjoules(microjoules / 3),
        Other = Microjoules(microjoules / 10),
        Coverage = 0.995,
        Holes = 0,
    };

    public static ReportModel Model(string name, long microjoules, long operational, long embodied) => new()
    {
        Name = name,
        Succeeded = 90,
        Failed = 8,
        Abandoned = 2,
        WorkUnits = 100,
        ActiveTime = TimeSpan.FromTicks(12_345_678_901),
        Energy = Microjoules(microjoules),
        EnergyWithIdle = Microjoules(microjoules + 1000),
        Operational = Micrograms(operational),
        Embodied = Micrograms(embodied),
        Tier = MeasurementTier.Measured,
        Uncertainty = new(0.1, 0.12),
    };

    public static CarbonFactor Grid(string source, double grams) => new()
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(grams),
        Kind = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle),
        Source = source,
        Zone = "DE",
        Licence = "CC BY 4.0",
        ValidFrom = Noon.AddHours(-1),
        RetrievedAt = Noon.AddMinutes(-59),
        Uncertainty = new(0.05, 0.05),
    };

    public static ReportFactor Factor(string source, double grams) =>
        new() { Factor = Grid(source, grams), From = Noon.AddHours(-1), To = Noon, Energy = Microjoules(500_000), Operational = Micrograms(55) };

    /// <summary>A row of CPI over five minutes: grams by inferences.</summary>
    public static ReportKpi Carbon(string? model, double grams, double inferences) => ReportKpi.From(
        new KpiValue
        {
            Kpi = Kpi.CarbonPerInference,
            Numerator = grams,
            Denominator = inferences,
            Tier = MeasurementTier.Measured,
            Uncertainty = new(0.1, 0.1),
            Window = TimeSpan.FromMinutes(5),
            Target = new(KpiComparison.LessThan, 1),
        },
        "An inference costs this many grams.") with
    { Model = model };

    /// <summary>A row of joules per inference since the start.</summary>
    public static ReportKpi Joules(string? model, double joules, double inferences) => ReportKpi.From(
        new KpiValue
        {
            Kpi = Kpi.EnergyPerInference,
            Numerator = joules,
            Denominator = inferences,
            Tier = MeasurementTier.Measured,
            Uncertainty = new(0.1, 0.1),
        },
        "An inference costs this many joules.") with
    { Model = model };

    public static ReportKpi Undefined(Kpi kpi, KpiGap gap) => ReportKpi.From(
        new KpiValue { Kpi = kpi, Gap = gap, Tier = MeasurementTier.Unavailable, Target = new(KpiComparison.AtLeast, 0.5) },
        "There is nothing to tell.") with
    { Reason = "Nobody reported it." };
}
