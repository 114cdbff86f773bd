using System.Globalization;
using System.Text.Json;
using GreenAI.Metering.Tests.Carbon;

namespace GreenAI.Metering.Tests;

/// <summary>Who has a report can recompute it from its own fields.</summary>
public sealed class LiveReportTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    [Fact]
    public async Task ReportAsync_RowsRecomputeFromItsOwnFields()
    {
        using KpiRig rig = new();
        EfficiencyReport report = await Report(rig);
        Assert.All(report.Kpis.Where(row => row.Value is not null), row => Assert.Equal(row.Numerator / row.Denominator, row.Value));
        ReportEnergy energy = report.Energy;
        double withIdle = report.Models.Sum(model => (double)model.EnergyWithIdle.Microjoules), dynamic = report.Models.Sum(model => (double)model.Energy.Microjoules);
        ReportOperational operational = report.Carbon.Operational!;
        double gramsWithIdle = report.Models.Sum(model => model.OperationalWithIdle!.Value.GramsCO2e);
        Assert.True(gramsWithIdle > 100, "Whole micrograms must be fine enough to recompute by.");
        double embodied = report.Models.Sum(model => model.Embodied!.Value.GramsCO2e);
        Assert.Equal(2, report.Models.Count);
        foreach (ReportModel model in report.Models)
        {
            long completed = model.Succeeded + model.Failed + model.Abandoned;
            double joules = model.EnergyWithIdle.Microjoules / 1e6 * (dynamic + energy.Idle.Microjoules) / withIdle;
            Near(joules / completed, Row(Kpi.EnergyPerInference, model.Name));
            double grams = model.OperationalWithIdle!.Value.GramsCO2e * (operational.Models + operational.Idle).GramsCO2e / gramsWithIdle;
            double made = model.Embodied!.Value.GramsCO2e * report.Carbon.Embodied!.Total.GramsCO2e / embodied;
            Near((grams + made) / completed, Row(Kpi.CarbonPerInference, model.Name));
        }

        long all = report.Models.Sum(model => model.Succeeded + model.Failed + model.Abandoned);
        Near((energy.Total - energy.Other).Joules / all, Row(Kpi.EnergyPerInference, null));
        Near(((operational.Total - operational.Other) + report.Carbon.Embodied!.Total).GramsCO2e / all, Row(Kpi.CarbonPerInference, null));

        ReportKpi Row(Kpi kpi, string? model)
        {
            ReportKpi row = report.Kpis.Single(each => each.Kpi == kpi && each.Model == model && each.Window == _day);
            Assert.Equal(report.Elapsed, row.Covered);
            return row;
        }
    }

    [Fact]
    public async Task ReportAsync_RoundTripsAndFitsTheSchema()
    {
        using KpiRig rig = new();
        EfficiencyReport report = await Report(rig);
        string json = report.ToJson();
        Assert.Equal(report, EfficiencyReport.FromJson(json));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Null(ReportSchema.Check(document.RootElement));
        JsonElement row = document.RootElement.GetProperty("kpis")[0];
        Assert.Equal(300, row.GetProperty("windowSeconds").GetDouble());
        Assert.InRange(row.GetProperty("coveredSeconds").GetDouble(), 300, 310.1);
        Assert.All(report.Kpis.Where(kpi => kpi.Value is null), kpi => Assert.NotNull(kpi.Reason));
    }

    [Fact]
    public async Task ReportAsync_FreshMeter_RoundTrips()
    {
        using KpiRig rig = new();
        rig.Meter.Model("a");
        EfficiencyReport report = await rig.Meter.ReportAsync("fresh", TestContext.Current.CancellationToken);
        Assert.Equal(report, EfficiencyReport.FromJson(report.ToJson()));
        Assert.NotEmpty(report.ToMarkdown());
    }

    [Fact]
    public async Task ReportAsync_HeldAndCombinedFactorsAndASurplus_AreInAllForms()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        (options.Carbon.GramsPerKilowattHour, options.Carbon.Source, options.Carbon.HoldFor) = (null, null, TimeSpan.FromHours(1));
        using KpiRig rig = new(options, new ScriptedCarbonProvider("test", _ => throw new InvalidOperationException("Nobody asks: the meter is not started.")));
        // More hours than are kept apart, and one more for which no factor came.
        for (int hour = 0; hour < 100; hour++)
        {
            DateTimeOffset from = rig.Rig.Time.GetUtcNow();
            if (hour < 99) rig.Meter.Engine.Account.Timeline!.Add([CarbonRigs.Factor(100 + hour, from, from.AddHours(1))], from);
            rig.Rig.Run(3600, 1000);
            rig.Rig.Settle();
        }

        DateTimeOffset now = rig.Rig.Time.GetUtcNow();
        rig.Kpis.RecordRenewable(Energy.FromKilowattHours(200), now.AddHours(-100), now);
        EfficiencyReport report = await rig.Meter.ReportAsync(cancellationToken: TestContext.Current.CancellationToken);
        double surplus = 200 - (100 * 1.2);
        EfficiencyReport read = EfficiencyReport.FromJson(report.ToJson());
        Assert.Equal(report, read);
        Assert.Equal((false, true), (read.Factors[0].IsHeld, read.Factors[0].IsCombined));
        Assert.Equal((true, false), (read.Factors[^1].IsHeld, read.Factors[^1].IsCombined));
        Assert.Equal((1, 1), (read.Factors.Count(use => use.IsHeld), read.Factors.Count(use => use.IsCombined)));
        Assert.Equal(surplus, read.Kpis.Single(row => row.Kpi == Kpi.RenewableMatching).Surplus, 1e-9);
        Assert.InRange(read.Kpis.Single(row => row.Kpi == Kpi.HourlyRenewableMatching).Surplus, surplus, 200);

        List<string[]> tables = MarkdownReader.Rows(report.ToMarkdown());
        Assert.Equal(1, tables.Count(row => row[^1] == "mean of several"));
        Assert.Equal(1, tables.Count(row => row[^1] == "held beyond its validity"));
        Assert.Contains("80 kWh of green energy beyond the load are not in it.", tables.Single(row => row.Length > 2 && row[2].EndsWith("(REM)", StringComparison.Ordinal))[^1], StringComparison.Ordinal);
        List<string[]> csv = CsvReader.Read(report.ToKpiCsv());
        string[] matching = csv.Single(row => row.Contains("REM"));
        Assert.Equal(surplus, double.Parse(matching[Array.IndexOf(csv[0], "surplus")], CultureInfo.InvariantCulture), 1e-9);
    }

    [Fact]
    public async Task ReportAsync_GenerativeWorkload_IsSaidBesideWattsPerQuery()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Models["a"] = new ModelOptions { Workload = WorkloadKind.Generative };
        using KpiRig rig = new(options);
        rig.Serve(2);
        EfficiencyReport report = await rig.Meter.ReportAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(
            report.Kpis.Where(row => row.Kpi == Kpi.WattsPerQuery),
            row => Assert.Equal(row.Model == "a", row.Explanation.Contains("not meant for generative", StringComparison.Ordinal)));
    }

    // An hour at a kilowatt: grams by the hundred, so that whole micrograms hardly show.
    private static async Task<EfficiencyReport> Report(KpiRig rig)
    {
        rig.Serve(3600, 1000);
        rig.Rig.Idle(10, 20);
        rig.Toil(3, 500);
        rig.Kpis.RecordOutcome();
        return await rig.Meter.ReportAsync("test", TestContext.Current.CancellationToken);
    }

    // Grams are reported in whole micrograms, cut off: of the four that go in, that is what a reader lacks.
    private static void Near(double expected, ReportKpi row) =>
        Assert.True(Math.Abs(row.Value!.Value - expected) <= (1e-9 * expected) + (row.Unit == "g" ? 4e-6 / row.Denominator : 0), $"{row.Abbreviation} of {row.Model}: {expected} recomputed, {row.Value} reported.");
}
