namespace GreenAI.Metering.Tests;

[Collection(nameof(AloneTests))]
public sealed class KpiBooksTests
{
    [Fact]
    public void UpdateAndEvaluateAll_SixtyFourModelsThreeWindows_AllocateNothing()
    {
        using KpiRig rig = new();
        for (int model = 0; model < 64; model++)
        {
            using InferenceScope scope = rig.Meter.Begin($"m{model}");
            rig.Rig.Run(0.1, 100);
            scope.Complete(7);
            rig.Meter.Engine.Tick();
        }

        rig.Kpis.RecordTraining("m1", new ModelTraining { Accuracy = 0.9, Energy = TrainingEnergy.None, DataBytes = 1 });
        rig.Kpis.RecordOutcome();
        DateTimeOffset utc = rig.Rig.Time.GetUtcNow();
        rig.Kpis.RecordRenewable(Energy.FromJoules(1), utc.AddSeconds(-1), utc);
        rig.Rig.Settle();
        KpiBooks books = rig.Meter.Engine.Kpis;
        long now = rig.Rig.Time.GetTimestamp();
        var values = new KpiValue[KpiEvaluation.MaxValues];
        int taken = 0, defined = 0;
        KpiTaker take = (int _, int _, in KpiValue value) =>
        {
            taken++;
            if (value.Value is not null) defined++;
        };
        AllocationAssert.Zero(() =>
        {
            // A mark in the windows of 5 minutes and an hour at each.
            now += 120 * rig.Rig.Time.TimestampFrequency;
            books.Update(now, utc, 64, wait: false);
            taken = defined = 0;
            books.EvaluateAll(values, take);
        });
        Assert.True(taken > 65 * 3 * 8 && defined > 64 * 8, $"{taken} indicators, {defined} of them defined.");
    }

    [Fact]
    public void Tick_WhileAReaderHoldsTheBooks_PassesBy_AndTheNextCatchesUp()
    {
        using KpiRig rig = new();
        rig.Serve(1);
        KpiBooks books = rig.Meter.Engine.Kpis;
        long version = books.Version;
        bool ended = false;
        var values = new KpiValue[KpiEvaluation.MaxValues];
        books.EvaluateAll(values, (int _, int _, in KpiValue _) =>
        {
            if (ended) return;
            var closer = new Thread(() => rig.Serve(1));
            closer.Start();
            ended = closer.Join(TimeSpan.FromMinutes(1));
        });
        Assert.True(ended, "The closer waited for a reader.");
        Assert.Equal(version, books.Version);
        long before = (long)rig.Value(Kpi.EnergyPerInference, null, TimeSpan.FromHours(1)).Denominator;
        rig.Meter.Engine.Tick();
        Assert.True(books.Version > version);
        Assert.True(rig.Value(Kpi.EnergyPerInference, null, TimeSpan.FromHours(1)).Denominator > before);
    }

    [Fact]
    public void Report_AfterAnUpdateThatWasPassedBy_HasIndicatorsOfItsOwnTotals()
    {
        using KpiRig rig = new();
        rig.Serve(1);
        EfficiencyReport? report = null;
        var values = new KpiValue[KpiEvaluation.MaxValues];
        rig.Meter.Engine.Kpis.EvaluateAll(values, (int _, int _, in KpiValue _) =>
        {
            if (report is not null) return;
            var closer = new Thread(() => rig.Serve(1));
            closer.Start();
            closer.Join();
            report = rig.Meter.ReportAsync().AsTask().Result;
        });
        Assert.NotNull(report);
        ReportKpi row = report.Kpis.First(kpi => kpi is { Kpi: Kpi.EnergyPerInference, Model: null });
        Assert.Equal(report.Models.Sum(model => model.Succeeded + model.Failed + model.Abandoned), row.Denominator);
    }

    [Fact]
    public async Task Stress_ReadersRecordersAndSettlements_NoTornValue_NoDeadlock()
    {
        using KpiRig rig = new();
        using InstrumentProbe probe = new(rig.Rig.Meters);
        rig.Serve(0.5);
        bool done = false;
        Task[] others =
        [
            Worker(Consistent),
            Worker(Consistent),
            Worker(() => Assert.All(probe.Collect(InstrumentNames.CarbonPerInference), row => Assert.True(double.IsFinite(row.Value) && row.Value >= 0))),
            Worker(() =>
            {
                rig.Kpis.RecordOutcome();
                rig.Kpis.RecordTraining("a", new ModelTraining { Accuracy = 0.5, Energy = TrainingEnergy.None });
            }),
            Worker(() => rig.Meter.SettleAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()),
        ];
        rig.Serve(600);
        Volatile.Write(ref done, true);
        await Task.WhenAll(others).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        rig.Rig.Settle();
        Consistent();

        Task Worker(Action action) => Task.Factory.StartNew(
            () =>
            {
                do action();
                while (!Volatile.Read(ref done));
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        // Each reading is of one close: counts agree exactly, energy and embodied grams to rounding.
        void Consistent()
        {
            foreach (IGrouping<TimeSpan?, KpiReading> window in rig.Kpis.Read().Where(row => row.Asked is not null).GroupBy(row => row.Asked))
            {
                KpiValue host = window.Single(row => row.Model is null && row.Value.Kpi == Kpi.EnergyPerInference).Value;
                KpiValue[] models = [.. window.Where(row => row.Model is not null && row.Value.Kpi == Kpi.EnergyPerInference).Select(row => row.Value)];
                Assert.Equal(host.Denominator, models.Sum(value => value.Denominator));
                Assert.True(models.Sum(value => value.Numerator) <= host.Numerator * (1 + 1e-9), "The models have more than the host.");
                Assert.All(window, row => Assert.Equal(host.Window, row.Value.Window));
            }
        }
    }
}
