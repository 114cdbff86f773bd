using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

internal static class CarbonExamples
{
    private static readonly KpiAmount _fourHundred = Modelled(400, 0.1);

    public static IEnumerable<KpiExample> All =>
    [
        KpiExample.Shown(
            Kpi.CarbonPerInference, "102 g operational + 18 g embodied, 1,000 completed: 120 / 1,000", 0.12,
            () => CarbonPerInference.PerCompleted(Grams(102), Modelled(18), 1000)),
        KpiExample.Is(
            Kpi.CarbonPerInference, "0.34 Wh a prompt at 400 g/kWh, no overhead, embodied stated as 0: 0.00034 x 400", 0.136,
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfEnergy(Measured(0.34 * 3600), 1, _fourHundred), Measured(0, 0), 1)),
        KpiExample.Is(
            Kpi.CarbonPerInference, "an image of 2.9 Wh at 400 g/kWh, embodied 0.04 g: 1.16 + 0.04, over the target of 1 g", 1.2,
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfEnergy(Measured(2.9 * 3600), 1, _fourHundred), Modelled(0.04), 1)),
        KpiExample.Undefined(
            Kpi.CarbonPerInference, "L4 zero inferences: 3 g idle + 1 g embodied over 0 completed", KpiGap.NoInference,
            () => CarbonPerInference.PerCompleted(Grams(3), Modelled(1), 0)),
        KpiExample.Undefined(
            Kpi.CarbonPerInference, "L6 embodied figures not stated: 102 g operational + unknown is unknown, not 102", KpiGap.NoEmbodied,
            () => CarbonPerInference.PerCompleted(Grams(102), Unavailable, 1000)),
        KpiExample.Undefined(
            Kpi.CarbonPerInference, "L1 no zone configured: the grams are unknown", KpiGap.NoCarbonFactor,
            () => CarbonPerInference.PerCompleted(KpiCarbon.Missing(CarbonGap.NotConfigured), Modelled(18), 1000)),
        KpiExample.Undefined(
            Kpi.CarbonPerInference, "a factor for 94 % of the energy: the sum would be too low", KpiGap.PartialCarbon,
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfPart(Measured(94), 0.94, CarbonGap.Stale), Modelled(18), 1000)),
        KpiExample.Undefined(
            Kpi.CarbonPerInference, "no counter rose: 0 J x 400 g/kWh is not 0 g", KpiGap.NoEnergy,
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfEnergy(Measured(0), 1.2, _fourHundred), Modelled(18), 1000)),
        KpiExample.Shown(
            Kpi.CarbonPerSuccess, "the same 120 g, 800 of the 1,000 gave a result: 120 / 800", 0.15,
            () => CarbonPerInference.PerSuccess(Grams(102), Modelled(18), 800)),
        KpiExample.Is(
            Kpi.CarbonPerSuccess, "all gave a result: as the guide's, 120 / 1,000", 0.12,
            () => CarbonPerInference.PerSuccess(Grams(102), Modelled(18), 1000)),
        KpiExample.Undefined(
            Kpi.CarbonPerSuccess, "L4 all 1,000 failed: 120 g over 0 successes", KpiGap.NoSuccess,
            () => CarbonPerInference.PerSuccess(Grams(102), Modelled(18), 0)),
        KpiExample.Shown(
            Kpi.MarginalCarbonPerInference, "60 g above the idle floor, 1,000 completed: 60 / 1,000", 0.06,
            () => CarbonPerInference.Marginal(Grams(60), 1000)),
        KpiExample.Is(
            Kpi.MarginalCarbonPerInference, "180 J above the floor, PUE 1.25, 320 g/kWh, 2 completed: 180 x 1.25 x 320 / 3.6e6 / 2", 0.01,
            () => CarbonPerInference.Marginal(KpiCarbon.OfEnergy(Measured(180), 1.25, Modelled(320)), 2)),
        KpiExample.Undefined(
            Kpi.MarginalCarbonPerInference, "the counters rose no more than the floor: one more is not free", KpiGap.NoEnergy,
            () => CarbonPerInference.Marginal(KpiCarbon.OfEnergy(Measured(0), 1.25, Modelled(320)), 2)),
        KpiExample.Undefined(
            Kpi.MarginalCarbonPerInference, "L4 zero inferences: 60 g over 0", KpiGap.NoInference,
            () => CarbonPerInference.Marginal(Grams(60), 0)),
        KpiExample.Shown(
            Kpi.SoftwareCarbonIntensity, "E 0.34 Wh x PUE 1.2 x I 400 g/kWh + M 0 g, R 1: 0.000408 x 400", 0.1632,
            () => SoftwareCarbonIntensity.Of(Measured(0.34 * 3600), 1.2, _fourHundred, Measured(0, 0), 1, "inference")),
        KpiExample.Is(
            Kpi.SoftwareCarbonIntensity, "E 10 kWh, I 400 g/kWh, M 28.54 g (1,000 kg over 4 years, one hour), R 1,000 calls: (4,000 + 28.54) / 1,000",
            (4000 + (1e6 / 35040)) / 1000,
            () => SoftwareCarbonIntensity.Of(Measured(36e6), 1, _fourHundred, Modelled(1e6 / 35040), 1000, "call")),
        KpiExample.Is(
            Kpi.SoftwareCarbonIntensity, "130 kg per 1e9 tokens, as R = 1,000,000 tokens: 130 g (the draft of SCI for AI prints 0.13 g)", 130,
            () => SoftwareCarbonIntensity.Of(Grams(130_000), Measured(0, 0), 1000, "1,000,000 tokens")),
        KpiExample.Undefined(
            Kpi.SoftwareCarbonIntensity, "L4 no functional unit: 4,028 g over R = 0", KpiGap.NoFunctionalUnit,
            () => SoftwareCarbonIntensity.Of(Grams(4028), Modelled(28), 0, "call")),
        KpiExample.Undefined(
            Kpi.SoftwareCarbonIntensity, "L6 M not stated: undefined, not E x I", KpiGap.NoEmbodied,
            () => SoftwareCarbonIntensity.Of(Grams(4028), Unavailable, 1000, "call")),
    ];
}
