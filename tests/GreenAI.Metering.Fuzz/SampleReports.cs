using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>Reports as a service writes them.</summary>
internal static class SampleReports
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As indented as it is written, and on one line.</summary>
    public static ReadOnlyMemory<byte>[] All { get; } = [Encoding.UTF8.GetBytes(Small.ToJson()), Encoding.UTF8.GetBytes(OnOneLine(Small.ToJson()))];

    private static EfficiencyReport Small => new()
    {
        GeneratedAt = _noon,
        Elapsed = TimeSpan.FromSeconds(60.5),
        Service = "fuzz",
        Accounting = new() { Method = CarbonMethod.LocationBased, Boundary = CarbonBoundary.Lifecycle, Pue = 1.2, IdleRule = "idle", UncertaintyRule = "root" },
        Energy = new()
        {
            Total = Energy.FromMicrojoules(100),
            Settled = Energy.FromMicrojoules(60),
            Open = default,
            Late = default,
            Idle = Energy.FromMicrojoules(40),
            Unattributed = default,
            Other = default,
            Coverage = 1,
            Tier = MeasurementTier.Measured,
        },
        Devices = [Device],
        Carbon = new()
        {
            Operational = new() { Total = Micrograms(10), Models = Micrograms(6), Idle = Micrograms(4), Unattributed = default, Other = default },
            PricedShare = 1,
            EmbodiedReason = "none stated",
        },
        Factors = [Factor],
        EmbodiedItems = [new() { Name = "server", Total = Micrograms(7), Source = "a sheet" }],
        Models = [Model],
        Kpis =
        [
            ReportKpi.From(new KpiValue { Kpi = Kpi.EnergyPerInference, Numerator = 3, Denominator = 2, Tier = MeasurementTier.Measured, Window = TimeSpan.FromMinutes(5), Target = new(KpiComparison.AtMost, 2) }, "fine"),
            ReportKpi.From(new KpiValue { Kpi = Kpi.ModelEfficiencyRatio, Gap = KpiGap.NoAccuracy }, "unknown") with { Model = "m" },
        ],
    };

    private static ReportDevice Device => new()
    {
        Id = "rapl:package-0",
        Name = "package",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        Total = Energy.FromMicrojoules(100),
        Idle = Energy.FromMicrojoules(40),
        Other = default,
        Coverage = 1,
        Holes = 0,
    };

    private static ReportModel Model => new()
    {
        Name = "m",
        Succeeded = 2,
        Failed = 0,
        Abandoned = 0,
        WorkUnits = 2,
        ActiveTime = TimeSpan.FromSeconds(1.25),
        Energy = Energy.FromMicrojoules(60),
        EnergyWithIdle = Energy.FromMicrojoules(70),
        Operational = Micrograms(6),
        Tier = MeasurementTier.Measured,
        Uncertainty = new(0.1, 0.2),
    };

    private static ReportFactor Factor => new()
    {
        Factor = new() { Intensity = CarbonIntensity.FromGramsPerKilowattHour(342.06), Kind = default, Source = "Ember", Zone = "DE", RetrievedAt = _noon },
        From = _noon,
        To = _noon,
        Energy = Energy.FromMicrojoules(100),
        Operational = Micrograms(10),
    };

    private static CarbonMass Micrograms(long amount) => CarbonMass.FromMicrograms(amount);

    private static string OnOneLine(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()));
}
