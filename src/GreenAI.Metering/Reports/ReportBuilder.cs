namespace GreenAI.Metering;

/// <summary>Writes a meter's totals and indicators down as a report.</summary>
internal static class ReportBuilder
{
    private const string IdleRule =
        "Idle energy while a model is active is its by active time. Indicators share the rest of the idle energy in proportion to what each model has by then: "
        + "a model's joules are energyWithIdle x (sum of energy + idle) / sum of energyWithIdle, its grams likewise. What the process spends outside inferences is the host's alone.";

    private const string UncertaintyRule =
        "Each input is moved to either end of its band while the others rest, and the movements of the value are joined: by the root of the sum of squares where inputs are independent "
        + "(energy and factor, operational and embodied), by addition where they err together (readings of the same counters). An input whose band nobody knows makes the value's unknown.";

    public static EfficiencyReport Build(
        EnergyTotals totals, IReadOnlyList<KpiReading> readings, IReadOnlyDictionary<string, ModelOptions> models, string? service, DateTimeOffset now)
    {
        CarbonTotals carbon = totals.Carbon;
        return new EfficiencyReport
        {
            GeneratedAt = now,
            Elapsed = totals.Elapsed,
            Service = service,
            Accounting = new ReportAccounting
            {
                Method = carbon.Method,
                Boundary = carbon.Boundary,
                Pue = carbon.Pue,
                Wue = carbon.WueLitresPerKilowattHour,
                IdleRule = IdleRule,
                UncertaintyRule = UncertaintyRule,
            },
            Energy = ReportEnergy.From(totals),
            Devices = [.. totals.Devices.Select(ReportDevice.From)],
            Carbon = Carbon(carbon),
            Factors = [.. carbon.Factors.Select(Factor)],
            EmbodiedItems = [.. carbon.EmbodiedItems.Select(Item)],
            Models = [.. totals.Models.Select(model => Model(model, carbon.Model(model.Name), Workload(models, model.Name)))],
            Kpis = [.. readings.Select(reading => Kpi(reading, reading.Model is { } name ? Workload(models, name) : WorkloadKind.Unspecified))],
        };
    }

    private static WorkloadKind Workload(IReadOnlyDictionary<string, ModelOptions> models, string name) =>
        models.TryGetValue(name, out ModelOptions? model) ? model.Workload : WorkloadKind.Unspecified;

    internal static ReportCarbon Carbon(CarbonTotals carbon) => new()
    {
        Operational = carbon.Operational is { } total ? new ReportOperational
        {
            Total = total,
            Models = Sum(carbon.Models, model => model.Operational),
            Idle = carbon.OperationalIdle!.Value,
            Unattributed = carbon.OperationalUnattributed!.Value,
            Other = carbon.OperationalOther!.Value,
        }
        : null,
        OperationalGap = carbon.Gap,
        OperationalReason = carbon.Reason,
        PricedShare = carbon.PricedShare,
        FallbackShare = carbon.Operational is null ? null : carbon.FallbackShare,
        Embodied = carbon.Embodied is { } embodied ? new ReportEmbodied
        {
            Total = embodied,
            Models = Sum(carbon.Models, model => model.Embodied),
            Idle = carbon.EmbodiedIdle!.Value,
        }
        : null,
        EmbodiedReason = carbon.EmbodiedReason,
        WaterLitres = carbon.WaterLitres,
    };

    private static CarbonMass Sum(IEnumerable<CarbonModelTotals> models, Func<CarbonModelTotals, CarbonMass?> part) =>
        models.Aggregate(CarbonMass.Zero, (sum, model) => sum + (part(model) ?? CarbonMass.Zero));

    private static ReportFactor Factor(FactorUse use) => new()
    {
        Factor = use.Factor,
        From = use.From,
        To = use.To,
        Energy = use.Energy,
        Operational = use.Operational,
        IsHeld = use.IsHeld,
        IsCombined = use.IsCombined,
    };

    private static ReportEmbodiedItem Item(EmbodiedItem item) => new()
    {
        Name = item.Name,
        Total = item.Total,
        LifespanHours = item.Lifespan?.TotalHours,
        Share = item.Share,
        Source = item.Source ?? "stated without a source",
    };

    private static ReportModel Model(ModelTotals totals, CarbonModelTotals? carbon, WorkloadKind workload) => ReportModel.From(totals) with
    {
        Workload = workload == WorkloadKind.Unspecified ? null : workload.ToString(),
        Operational = carbon?.Operational,
        OperationalWithIdle = carbon?.OperationalWithIdle,
        Embodied = carbon?.Embodied,
    };

    internal static ReportKpi Kpi(in KpiReading reading, WorkloadKind workload)
    {
        ReportKpi row = ReportKpi.From(reading.Value, reading.Value.Explain(workload));
        return row with
        {
            Model = reading.Model,
            Item = reading.Value.Qualifier,
            Window = reading.Asked,
            Reason = KpiText.ReasonOf(reading.Value) ?? row.Reason,
        };
    }
}
