using System.Runtime.CompilerServices;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class KpiWindowTests
{
    [Fact]
    public void Start_AnyTicks_TheNewestMarkThatIsOldEnough() => Gen.Int[1, 40].Array[1, 400].Sample(steps =>
    {
        var window = new KpiWindow(TimeSpan.FromSeconds(60), 1);
        long[] marks = new long[KpiWindow.Marks];
        List<(long Time, long Sum)> history = [];
        long now = 0, sum = 0, slowest = 0;
        foreach (int step in steps)
        {
            (now, sum, slowest) = (now + step, sum + (step * step), Math.Max(slowest, step));
            if (window.IsDue(now))
            {
                marks[window.Push(now)] = sum;
                history.Add((now, sum));
            }

            (int place, long time) = window.Start(now);
            (long expectedTime, long expectedSum) = history.FindLast(mark => now - mark.Time >= 60) is { Time: > 0 } old ? old : history[0];
            Assert.Equal((expectedTime, expectedSum), (time, marks[place]));
            if (now - history[0].Time >= 60) Assert.InRange(now - time, 60, 60 + 2 + slowest);
        }
    });

    [Fact]
    public void Read_AfterTheWindow_OldInferencesAreOut()
    {
        using KpiRig rig = new();
        var five = TimeSpan.FromMinutes(5);
        rig.Serve(10);
        rig.Rig.Settle();
        long served = (long)rig.Value(Kpi.EnergyPerInference, null, five).Denominator;
        Assert.True(served > 100);
        rig.Rig.Idle(295, 20);
        Assert.Equal(served, rig.Value(Kpi.EnergyPerInference, null, five).Denominator);
        for (int second = 0; second < 120; second++)
        {
            rig.Rig.Idle(1, 20);
            Assert.InRange(rig.Value(Kpi.EnergyPerInference, null, five).Window, five, five * (31.0 / 30) + TimeSpan.FromSeconds(0.1));
        }

        KpiValue empty = rig.Value(Kpi.EnergyPerInference, null, five);
        Assert.Equal((KpiGap.NoInference, 0.0), (empty.Gap, empty.Denominator));
        Assert.Equal(served, rig.Value(Kpi.EnergyPerInference, null, TimeSpan.FromHours(1)).Denominator);
    }

    [Fact]
    public void TenYears_ThreeBillionIntervals_DifferencesAreExact()
    {
        // Ten intervals a second for ten years, of which a mark is set every ten seconds: only those are walked.
        const long frequency = 10_000_000, every = 100, perTick = 100_000_003;
        var window = new KpiWindow(TimeSpan.FromMinutes(5), frequency);
        long[] marks = new long[KpiWindow.Marks];
        long ticks = 10L * 365 * 86_400 * 10, now = 0, sum = 0;
        for (long tick = 0; tick <= ticks; tick += every)
        {
            now = tick * (frequency / 10);
            sum = checked(tick * perTick);
            if (window.IsDue(now)) marks[window.Push(now)] = sum;
        }

        (int place, long time) = window.Start(now);
        Assert.Equal(TimeSpan.FromMinutes(5), TimeSpan.FromTicks(now - time));
        Assert.Equal(3000 * perTick, sum - marks[place]);
    }

    [Fact]
    public void TenYears_OfAKilowatt_TheGramsOfTheLastFiveMinutesAreGoodToABillionth()
    {
        using KpiRig rig = new();
        for (int day = 0; day < 3650; day++)
        {
            using InferenceScope scope = rig.Meter.Begin("a");
            rig.Rig.Run(86_400, 1000);
            scope.Complete();
            rig.Meter.Engine.Tick();
        }

        rig.Serve(360, 1000);
        EnergyTotals totals = rig.Rig.Settle();
        Assert.True(totals.Total.Joules > 3.15e11, "Ten years must have been metered.");
        var five = TimeSpan.FromMinutes(5);
        foreach (string? model in (ReadOnlySpan<string?>)[null, "a", "b"])
        {
            double joules = rig.Value(Kpi.EnergyPerInference, model, five).Numerator, embodied = rig.Value(Kpi.EmbodiedCarbon, model, five).Numerator;
            double grams = rig.Value(Kpi.CarbonPerInference, model, five).Numerator - embodied;
            Assert.True(Math.Abs((grams / (joules * KpiRig.GramsPerJoule)) - 1) < 1e-8, $"{model}: {grams} g of {joules} J.");
        }

        KpiValue host = rig.Value(Kpi.EnergyPerInference, null, five);
        // Two thirds of 1 kW are ours: the rest is another process's.
        Assert.Equal(Math.Round(((980 * 2 / 3.0) + 20) * host.Window.TotalSeconds), Math.Round(host.Numerator), 0.02 * host.Numerator);
        // A device closes to half its update period, 0.5 ms of the 5 minutes.
        KpiValue whole = rig.Value(Kpi.EmbodiedCarbon, null, five);
        Assert.Equal(1, whole.Numerator / (KpiRig.ServerGrams * whole.Window.TotalHours / KpiRig.LifespanHours), 2e-6);
    }

    [Fact]
    public void Memory_OfAWindow_IsAsDocumented() =>
        Assert.Equal((2816, 5632), (Unsafe.SizeOf<KpiCounters>() * KpiWindow.Marks, Unsafe.SizeOf<HostCounters>() * KpiWindow.Marks));

    [Fact]
    public void MinuteMeans_AMinuteNobodyLookedAt_IsLeftOut()
    {
        var means = new MinuteMeans(1, "cpu, cpu-time");
        means.Add(default, 0);
        Assert.Equal(KpiGap.TooEarly, means.Sustained.Gap);
        means.Add(new DeviceClassTime(45, 60, 60), 60);
        Assert.Equal((0.75, TimeSpan.FromMinutes(1)), (means.Sustained.Value, means.Sustained.Window));
        means.Add(new DeviceClassTime(45, 660, 660), 660);
        Assert.Equal(1, means.Count);
        means.Add(new DeviceClassTime(60, 720, 720), 720);
        Assert.Equal((0.25, 2), (means.Sustained.Value, means.Count));
    }
}
