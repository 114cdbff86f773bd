using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

internal static class ModelExamples
{
    private static readonly TrainingEnergy _tenKilowattHours = TrainingEnergy.OfEnergy(Measured(10));
    private static readonly KpiAttempt[] _failedTwice =
        [new(Measured(1.5), false), new(Measured(1.5), false), new(Measured(2), true)];

    private static readonly KpiAttempt[] _failedOnly = [new(Measured(1.5), false), new(Measured(1.7), false)];
    private static readonly KpiAttempt[] _wentOn = [new(Measured(2), true), new(Measured(9), false)];

    public static IEnumerable<KpiExample> All =>
    [
        KpiExample.Shown(
            Kpi.ModelEfficiencyRatio, "accuracy 0.9; 10 kWh of training x 100,000 of 1,000,000 inferences + 0.8 kWh: 0.9 / (1 + 0.8)", 0.5,
            () => ModelEfficiencyRatio.Of(0.9, _tenKilowattHours.SpreadOver(1e6), Measured(0.8), 100_000)),
        KpiExample.Is(
            Kpi.ModelEfficiencyRatio, "accuracy 0.9, 1.8 kWh for training and inference together: 0.9 / 1.8, the most the target allows", 0.5,
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.OfEnergy(Measured(1.5)), Measured(0.3), 10)),
        KpiExample.Is(
            Kpi.ModelEfficiencyRatio, "1e21 FLOP at 5.65e11 FLOP/J x PUE 1.2 = 590 kWh, all of it, no inference: 0.9 / 590",
            0.9 / (1e21 / 5.65e11 / 3.6e6 * 1.2),
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.FromFlops(1e21, 5.65e11, 1.2, null), Measured(0, 0), 0)),
        KpiExample.Is(
            Kpi.ModelEfficiencyRatio, "served more than its expected life: never more than all of the training: 0.9 / (10 + 8)", 0.05,
            () => ModelEfficiencyRatio.Of(0.9, _tenKilowattHours.SpreadOver(1e6), Measured(8), 5_000_000)),
        KpiExample.Undefined(
            Kpi.ModelEfficiencyRatio, "FLOPs without FLOP/J: 1e21 operations are no energy", KpiGap.NoFlopsPerJoule,
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.FromFlops(1e21, null, 1.2, null), Measured(0.8), 10)),
        KpiExample.Undefined(
            Kpi.ModelEfficiencyRatio, "L4 zero kWh: no training to count, no energy of inference", KpiGap.NoEnergy,
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, Measured(0), 10)),
        KpiExample.Undefined(
            Kpi.ModelEfficiencyRatio, "training not reported is not training of 0 kWh", KpiGap.NoTraining,
            () => ModelEfficiencyRatio.Of(0.9, default, Measured(0.8), 10)),
        KpiExample.Undefined(
            Kpi.ModelEfficiencyRatio, "no accuracy reported", KpiGap.NoAccuracy,
            () => ModelEfficiencyRatio.Of(null, _tenKilowattHours, Measured(0.8), 10)),
        KpiExample.Shown(
            Kpi.ModelEfficiencyRatioPerThousand,
            "the same per 1,000: 0.9 / (10 kWh x 1,000 / 1,000,000 + 0.8 kWh x 1,000 / 100,000) = 0.9 / (0.01 + 0.008)", 50,
            () => ModelEfficiencyRatio.PerThousand(0.9, _tenKilowattHours.SpreadOver(1e6), Measured(0.8), 100_000)),
        KpiExample.Is(
            Kpi.ModelEfficiencyRatioPerThousand, "five times the traffic for five times the energy changes nothing: 0.9 / (0.01 + 4 x 1,000 / 500,000)", 50,
            () => ModelEfficiencyRatio.PerThousand(0.9, _tenKilowattHours.SpreadOver(1e6), Measured(4), 500_000)),
        KpiExample.Is(
            Kpi.ModelEfficiencyRatioPerThousand, "1,000 prompts of 0.34 Wh, accuracy 0.9, trained by others: 0.9 / 0.34", 0.9 / 0.34,
            () => ModelEfficiencyRatio.PerThousand(0.9, TrainingEnergy.None, Measured(0.34), 1000)),
        KpiExample.Undefined(
            Kpi.ModelEfficiencyRatioPerThousand, "L4 zero inferences: nothing to scale to 1,000", KpiGap.NoInference,
            () => ModelEfficiencyRatio.PerThousand(0.9, TrainingEnergy.None, Measured(0.34), 0)),
        KpiExample.Shown(
            Kpi.EnergyToSolution, "two failed attempts of 1.5 kWh, then one of 2 kWh that reached it: 1.5 + 1.5 + 2", 5,
            () => EnergyToSolution.Of(_failedTwice)),
        KpiExample.Is(Kpi.EnergyToSolution, "reached at once; the 9 kWh spent afterwards are another matter", 2, () => EnergyToSolution.Of(_wentOn)),
        KpiExample.Is(
            Kpi.EnergyToSolution, "60 kWh over 12 attempts, 4 of which reached it: 60 / 4", 15, () => EnergyToSolution.PerSolution(Measured(60), 12, 4)),
        KpiExample.Undefined(
            Kpi.EnergyToSolution, "failed attempts only: not achieved, for 3.2 kWh", KpiGap.NotAchieved, () => EnergyToSolution.Of(_failedOnly)),
        KpiExample.Undefined(
            Kpi.EnergyToSolution, "L4 zero successes: 60 kWh over 0", KpiGap.NotAchieved, () => EnergyToSolution.PerSolution(Measured(60), 12, 0)),
        KpiExample.Undefined(Kpi.EnergyToSolution, "no attempt", KpiGap.NoAttempt, () => EnergyToSolution.Of([])),
        KpiExample.Shown(
            Kpi.DataEfficiencyScore, "accuracy 0.9 from 250 GB: 0.9 / 0.25 TB", 3.6,
            () => DataEfficiencyScore.Of(0.9, 250_000_000_000, "ag-news, accuracy")),
        KpiExample.Is(
            Kpi.DataEfficiencyScore, "a TB is 1e12 bytes, not 2^40: 0.8 / 1", 0.8,
            () => DataEfficiencyScore.Of(0.8, 1_000_000_000_000, "ag-news, accuracy")),
        KpiExample.Is(
            Kpi.DataEfficiencyScore, "a model that learned nothing scores nothing: 0 / 1", 0, () => DataEfficiencyScore.Of(0, 1_000_000_000_000, "noise, F1")),
        KpiExample.Undefined(
            Kpi.DataEfficiencyScore, "L4 zero bytes: 0.9 over 0 TB", KpiGap.NoData, () => DataEfficiencyScore.Of(0.9, 0, "ag-news, accuracy")),
        KpiExample.Undefined(
            Kpi.DataEfficiencyScore, "no performance reported", KpiGap.NoAccuracy, () => DataEfficiencyScore.Of(null, 1, "ag-news, accuracy")),
        KpiExample.Shown(
            Kpi.ComputeHoursPerOutcome, "8 GPUs provisioned for 24 h, 64 contracts reviewed: 192 / 64", 3,
            () => ComputeHoursPerOutcome.Provisioned(Measured(192, 0), 64, "gpu")),
        KpiExample.Is(
            Kpi.ComputeHoursPerOutcome, "half an hour of 1 CPU for 4 outcomes: 0.5 / 4", 0.125,
            () => ComputeHoursPerOutcome.Provisioned(Measured(0.5, 0), 4, "cpu")),
        KpiExample.Undefined(
            Kpi.ComputeHoursPerOutcome, "L4 no outcome: 192 h over 0", KpiGap.NoOutcome, () => ComputeHoursPerOutcome.Provisioned(Measured(192, 0), 0, "gpu")),
        KpiExample.Undefined(
            Kpi.ComputeHoursPerOutcome, "no device of the class is known", KpiGap.NoCapacity, () => ComputeHoursPerOutcome.Provisioned(Unavailable, 64, "gpu")),
        KpiExample.Shown(
            Kpi.BusyComputeHoursPerOutcome, "the same 192 h, 50 % of them busy: 96 / 64", 1.5,
            () => ComputeHoursPerOutcome.Busy(Measured(96), 64, "gpu")),
        KpiExample.Is(
            Kpi.BusyComputeHoursPerOutcome, "provisioned and never busy, outcomes came from elsewhere: 0 / 64", 0,
            () => ComputeHoursPerOutcome.Busy(Measured(0), 64, "gpu")),
        KpiExample.Undefined(
            Kpi.BusyComputeHoursPerOutcome, "L4 no outcome: 96 h over 0", KpiGap.NoOutcome, () => ComputeHoursPerOutcome.Busy(Measured(96), 0, "gpu")),
        KpiExample.Undefined(
            Kpi.BusyComputeHoursPerOutcome, "utilisation not read: unknown, not 0 h", KpiGap.NotRead, () => ComputeHoursPerOutcome.Busy(Unavailable, 64, "gpu")),
    ];
}
