namespace GreenAI.Metering.Tests;

/// <summary>What the application counts may be anything: a sum that is too large stops, and turns neither over nor negative.</summary>
public sealed class SaturationTests
{
    // An even number of them each: such a sum would turn over into a negative one.
    private const int Times = 2;

    [Fact]
    public async Task HugeWorkUnitsAndOutcomes_StopAtTheLargestNumber_InIndicatorsAndReport()
    {
        using KpiRig rig = new();
        for (int i = 0; i < Times; i++)
        {
            foreach (string model in (ReadOnlySpan<string>)["a", "b"])
            {
                InferenceScope scope = rig.Meter.Begin(model);
                rig.Rig.Run(1, 100);
                scope.Complete(long.MaxValue);
            }

            rig.Kpis.RecordOutcome(long.MaxValue);
        }

        rig.Rig.Settle();
        IReadOnlyList<KpiReading> rows = rig.Kpis.Read();
        Assert.Equal(3 * 3, rows.Count(row => row.Value is { Kpi: Kpi.EnergyPerUnit, Denominator: long.MaxValue }));
        Assert.Equal(3, rows.Count(row => row.Value is { Kpi: Kpi.ComputeHoursPerOutcome, Denominator: >= long.MaxValue / 2 }));
        Assert.All(rows, row => Assert.True(row.Value is { Numerator: >= 0, Denominator: >= 0 } && row.Value.Value is null or >= 0, row.ToString()));

        EfficiencyReport report = await rig.Meter.ReportAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([long.MaxValue, long.MaxValue], report.Models.Select(model => model.WorkUnits));
        Assert.Equal(report, EfficiencyReport.FromJson(report.ToJson()));
    }
}
