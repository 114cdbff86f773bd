using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

internal static class EnergyExamples
{
    public static IEnumerable<KpiExample> All =>
    [
        KpiExample.Shown(
            Kpi.EnergyPerInference, "6,000 J with idle, 1,200 completed: 6,000 / 1,200", 5, () => EnergyPerInference.Of(Measured(6000), 1200)),
        KpiExample.Is(Kpi.EnergyPerInference, "one prompt of 0.24 Wh: 0.24 x 3,600", 864, () => EnergyPerInference.Of(Measured(0.24 * 3600), 1)),
        KpiExample.Is(
            Kpi.EnergyPerInference, "3 inferences share 100 µJ: 0.0001 / 3", 0.0001 / 3, () => EnergyPerInference.Of(Measured(0.0001), 3)),
        KpiExample.Undefined(
            Kpi.EnergyPerInference, "L4 zero inferences: 6,000 J over 0", KpiGap.NoInference, () => EnergyPerInference.Of(Measured(6000), 0)),
        KpiExample.Undefined(
            Kpi.EnergyPerInference, "no counter rose: 0 J over 1,200 does not mean free", KpiGap.NoEnergy, () => EnergyPerInference.Of(Measured(0), 1200)),
        KpiExample.Undefined(
            Kpi.EnergyPerInference, "no device was read", KpiGap.NoEnergy, () => EnergyPerInference.Of(Unavailable, 1200)),
        KpiExample.Shown(
            Kpi.EnergyPerUnit, "888 J for 2,000 tokens: 888 / 2,000", 0.444, () => EnergyPerUnit.Of(Measured(888), 2000, "token")),
        KpiExample.Is(
            Kpi.EnergyPerUnit, "the same model at batch 512: 144.2 J for 2,000 tokens", 0.0721, () => EnergyPerUnit.Of(Measured(144.2), 2000, "token")),
        KpiExample.Undefined(
            Kpi.EnergyPerUnit, "L4 zero tokens: 888 J over 0", KpiGap.NoUnits, () => EnergyPerUnit.Of(Measured(888), 0, "token")),
        KpiExample.Undefined(
            Kpi.EnergyPerUnit, "no counter rose for 2,000 tokens", KpiGap.NoEnergy, () => EnergyPerUnit.Of(Measured(0), 2000, "token")),
        KpiExample.Shown(
            Kpi.WattsPerQuery, "1,500 J in 5 min for 150,000 queries: 5 W / 500 queries a second, the guide's 10 W per 1,000", 0.01,
            () => WattsPerQuery.Of(Measured(1500), 150_000, TimeSpan.FromMinutes(5))),
        KpiExample.Is(
            Kpi.WattsPerQuery, "10 W at 1,000 queries a second: 10 / 1,000", 0.01, () => WattsPerQuery.Of(Measured(10), 1000.0)),
        KpiExample.Is(
            Kpi.WattsPerQuery, "700 W at 2 prompts a second: 700 / 2", 350, () => WattsPerQuery.Of(Measured(700), 2.0)),
        KpiExample.Undefined(
            Kpi.WattsPerQuery, "L4 an idle minute: 2 W over 0 queries a second", KpiGap.NoInference,
            () => WattsPerQuery.Of(Measured(120), 0, TimeSpan.FromMinutes(1))),
        KpiExample.Undefined(
            Kpi.WattsPerQuery, "no device was read: unknown watts over 2 queries a second", KpiGap.NoEnergy, () => WattsPerQuery.Of(Unavailable, 2.0)),
    ];
}
