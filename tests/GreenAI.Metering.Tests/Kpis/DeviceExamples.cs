using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

internal static class DeviceExamples
{
    private const string Estimator = "gpu, nvml-time";

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan _year = TimeSpan.FromDays(365);
    private static readonly KpiAmount _ton = Modelled(1e6);
    private static readonly double[] _scratch = new double[2];
    private static readonly double[] _loads = [10, 10];
    private static readonly double[] _contracted = [20, 0];
    private static readonly double[] _noLoads = [0, 0];

    private static readonly KpiUse[] _twoBusyOneIdle =
        [new(Measured(0.9), 1, _hour), new(Measured(0.9), 1, _hour), new(Measured(0), 1, _hour)];

    private static readonly KpiUse[] _unlikeTimes = [new(Measured(1), 1, _hour), new(Measured(0.2), 1, _hour * 3)];
    private static readonly KpiUse[] _unlikeCapacities = [new(Measured(1), 30, _hour), new(Measured(0), 10, _hour)];
    private static readonly KpiUse[] _tooMuch = [new(Measured(1.2), 1, _hour), new(Measured(0.5), 1, _hour)];
    private static readonly KpiUse[] _idle = [new(Measured(0), 1, _hour)];
    private static readonly KpiUse[] _noCapacity = [new(Measured(0), 0, _hour)];
    private static readonly KpiUse[] _oneUnread = [new(Measured(0.9), 1, _hour), new(Unavailable, 1, _hour)];

    // 0.71 to 1.10 in steps of 0.01, highest first: of 40 means the 2nd lowest is the 5th percentile.
    private static readonly double[] _means = [.. Enumerable.Range(0, 40).Select(i => 1.10 - (i / 100.0))];

    public static IEnumerable<KpiExample> All => [.. Utilization, .. Embodied, .. Renewable];

    private static IEnumerable<KpiExample> Utilization =>
    [
        KpiExample.Shown(
            Kpi.HardwareUtilization, "3 GPUs provisioned for an hour, two at 90 %, one idle: (0.9 + 0.9 + 0) / 3", 0.6,
            () => HardwareUtilization.Of(_twoBusyOneIdle, Estimator)),
        KpiExample.Is(
            Kpi.HardwareUtilization, "weighted by time: 1 h at 100 %, 3 h at 20 %: (1 + 0.6) / 4", 0.4, () => HardwareUtilization.Of(_unlikeTimes, Estimator)),
        KpiExample.Is(
            Kpi.HardwareUtilization, "weighted by capacity: 30 at 100 %, 10 at 0 %: 30 / 40", 0.75,
            () => HardwareUtilization.Of(_unlikeCapacities, Estimator)),
        KpiExample.Is(
            Kpi.HardwareUtilization, "120 % cut to 100 % before it can hide another at 50 %: (1 + 0.5) / 2", 0.75,
            () => HardwareUtilization.Of(_tooMuch, Estimator)),
        KpiExample.Is(
            Kpi.HardwareUtilization, "26 h used of 24 h provisioned: cut to 24 / 24", 1, () => HardwareUtilization.Of(Measured(26), 24, Estimator)),
        KpiExample.Is(
            Kpi.HardwareUtilization, "zero utilisation is a value: 0 / 1", 0, () => HardwareUtilization.Of(_idle, Estimator)),
        KpiExample.Undefined(
            Kpi.HardwareUtilization, "L4 capacity 0: nothing could be used", KpiGap.NoCapacity, () => HardwareUtilization.Of(_noCapacity, Estimator)),
        KpiExample.Undefined(
            Kpi.HardwareUtilization, "no device", KpiGap.NoCapacity, () => HardwareUtilization.Of([], Estimator)),
        KpiExample.Undefined(
            Kpi.HardwareUtilization, "one of two not read: unknown, not idle", KpiGap.NotRead, () => HardwareUtilization.Of(_oneUnread, Estimator)),
        KpiExample.Shown(
            Kpi.SustainedHardwareUtilization, "40 one-minute means from 0.71 to 1.10: 5 % of 40 is the 2nd lowest", 0.72,
            () => HardwareUtilization.Sustained(_means, _scratch, MeasurementTier.Measured, null, Estimator)),
        KpiExample.Is(
            Kpi.SustainedHardwareUtilization, "21 means: 5 % of 21 is 1.05, the 2nd lowest by nearest rank: 0.91", 0.91,
            () => HardwareUtilization.Sustained(_means.AsSpan(0, 21), _scratch, MeasurementTier.Measured, null, Estimator)),
        KpiExample.Is(
            Kpi.SustainedHardwareUtilization, "5 means, all above 1: the lowest, cut to 1", 1,
            () => HardwareUtilization.Sustained(_means.AsSpan(0, 5), _scratch, MeasurementTier.Measured, null, Estimator)),
        KpiExample.Undefined(
            Kpi.SustainedHardwareUtilization, "L4 zero minutes: too early", KpiGap.TooEarly,
            () => HardwareUtilization.Sustained([], _scratch, MeasurementTier.Measured, null, Estimator)),
        KpiExample.Undefined(
            Kpi.SustainedHardwareUtilization, "utilisation not read", KpiGap.NotRead,
            () => HardwareUtilization.Sustained(_means, _scratch, MeasurementTier.Unavailable, null, Estimator)),
    ];

    private static IEnumerable<KpiExample> Embodied =>
    [
        KpiExample.Shown(
            Kpi.EmbodiedRate, "1,312 kg for a board over 4 years (35,040 h), useful 40 % of them: 1,312,000 / 14,016", 1_312_000 / 14_016.0,
            () => EmbodiedRate.Of(Modelled(1_312_000), _year * 4, Measured(0.4))),
        KpiExample.Is(
            Kpi.EmbodiedRate, "1,000 kg over 4 years, always useful: 1,000,000 / 35,040", 1e6 / 35_040, () => EmbodiedRate.Of(_ton, _year * 4, Measured(1))),
        KpiExample.Is(
            Kpi.EmbodiedRate, "half as useful costs twice as much per useful hour: 1,000,000 / 17,520", 1e6 / 17_520,
            () => EmbodiedRate.Of(_ton, _year * 4, Measured(0.5))),
        KpiExample.Undefined(
            Kpi.EmbodiedRate, "L4 zero utilisation: no useful hour to carry it", KpiGap.NoUtilization, () => EmbodiedRate.Of(_ton, _year * 4, Measured(0))),
        KpiExample.Undefined(
            Kpi.EmbodiedRate, "L6 lifetime missing: undefined, not 0", KpiGap.NoEmbodied, () => EmbodiedRate.Of(_ton, null, Measured(0.5))),
        KpiExample.Shown(
            Kpi.EmbodiedCarbon, "SCI's example: 1,000 kg over 4 years, the whole server for an hour: 1,000,000 x 1 / 35,040 x 1 / 1", 1e6 / 35_040,
            () => EmbodiedCarbon.Of(_ton, _year * 4, _hour, 1, 1)),
        KpiExample.Is(
            Kpi.EmbodiedCarbon, "L5 one of 8 GPUs and half of the vCPUs: 1 / 8 by accelerators: 1,000,000 / 35,040 / 8", 1e6 / 35_040 / 8,
            () => EmbodiedCarbon.Of(_ton, _year * 4, _hour, 1, 8)),
        KpiExample.Is(
            Kpi.EmbodiedCarbon, "the whole life carries the whole: 1,000,000 x 4 / 4", 1e6, () => EmbodiedCarbon.Of(_ton, _year * 4, _year * 4, 1, 1)),
        KpiExample.Is(Kpi.EmbodiedCarbon, "nothing reserved: 1,000,000 x 0 / 8", 0, () => EmbodiedCarbon.Of(_ton, _year * 4, _hour, 0, 8)),
        KpiExample.Is(Kpi.EmbodiedCarbon, "accrued over the devices of a window: 12.5 g", 12.5, () => EmbodiedCarbon.OfAccrued(Modelled(12.5))),
        KpiExample.Undefined(
            Kpi.EmbodiedCarbon, "L6 lifetime missing: undefined, not 0", KpiGap.NoEmbodied, () => EmbodiedCarbon.Of(_ton, null, _hour, 1, 1)),
        KpiExample.Undefined(
            Kpi.EmbodiedCarbon, "L6 total missing: undefined, not 0", KpiGap.NoEmbodied, () => EmbodiedCarbon.Of(Unavailable, _year * 4, _hour, 1, 1)),
        KpiExample.Undefined(
            Kpi.EmbodiedCarbon, "L4 nothing to reserve of: 1 of 0", KpiGap.NoCapacity, () => EmbodiedCarbon.Of(_ton, _year * 4, _hour, 1, 0)),
    ];

    private static IEnumerable<KpiExample> Renewable =>
    [
        KpiExample.Shown(
            Kpi.RenewableMatching, "load 10 and 10 kWh, contracted 20 and 0: min(20, 20) / 20 over the period", 1,
            () => RenewableMatching.OfPeriod(Measured(20), Measured(20))),
        KpiExample.Is(
            Kpi.RenewableMatching, "surplus renewables: 30 kWh for a load of 20 is 1, and 10 kWh apart", 1,
            () => RenewableMatching.OfPeriod(Measured(30), Measured(20))),
        KpiExample.Is(Kpi.RenewableMatching, "18 kWh for a load of 20: 18 / 20, not above 90 %", 0.9, () => RenewableMatching.OfPeriod(Measured(18), Measured(20))),
        KpiExample.Undefined(
            Kpi.RenewableMatching, "L4 zero load: 5 kWh for nothing", KpiGap.NoLoad, () => RenewableMatching.OfPeriod(Measured(5), Measured(0))),
        KpiExample.Undefined(
            Kpi.RenewableMatching, "no green energy reported, not even none", KpiGap.NoRenewables, () => RenewableMatching.OfPeriod(Unavailable, Measured(20))),
        KpiExample.Shown(
            Kpi.HourlyRenewableMatching, "the same hour by hour: (min(20, 10) + min(0, 10)) / (10 + 10)", 0.5,
            () => RenewableMatching.Hourly(_contracted, _loads, MeasurementTier.Measured, null, null)),
        KpiExample.Is(
            Kpi.HourlyRenewableMatching, "contracted exactly what was needed in each hour", 1,
            () => RenewableMatching.Hourly(_loads, _loads, MeasurementTier.Measured, null, null)),
        KpiExample.Is(
            Kpi.HourlyRenewableMatching, "from sums: 10 kWh matched of 20, 10 of surplus", 0.5,
            () => RenewableMatching.Hourly(Measured(10), Measured(20), 10)),
        KpiExample.Undefined(
            Kpi.HourlyRenewableMatching, "L4 zero load in every hour", KpiGap.NoLoad,
            () => RenewableMatching.Hourly(_contracted, _noLoads, MeasurementTier.Measured, null, null)),
        KpiExample.Undefined(
            Kpi.HourlyRenewableMatching, "no hour yet", KpiGap.NoLoad, () => RenewableMatching.Hourly([], [], MeasurementTier.Measured, null, null)),
    ];
}
