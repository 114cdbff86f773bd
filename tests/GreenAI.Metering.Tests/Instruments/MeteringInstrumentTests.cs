using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>Inferences, histograms, and what metering tells of itself.</summary>
public sealed class MeteringInstrumentTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu("metrics:machine", idle: Power.Zero);

    [Fact]
    public void Histograms_AdvisedBuckets_CoverSmallAndLargeModels()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        foreach (string name in (string[])[InstrumentNames.InferenceEnergy, InstrumentNames.InferenceDuration])
        {
            var histogram = Assert.IsType<Histogram<double>>(probe.Instruments.Single(instrument => instrument.Name == name));
            double[] bounds = [.. histogram.Advice!.HistogramBucketBoundaries!];
            Assert.Equal(bounds.Order(), bounds);
            Assert.True(bounds[0] <= 1e-5 && bounds[^1] >= 60);
        }
    }

    [Fact]
    public void Histograms_RecordOnFinalsOnly()
    {
        using MeterRig rig = new(_machine);
        using MetricCollector<double> energy = new(rig.Meters, InstrumentNames.Meter, InstrumentNames.InferenceEnergy);
        using MetricCollector<double> duration = new(rig.Meters, InstrumentNames.Meter, InstrumentNames.InferenceDuration);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.25, 40);
        scope.Complete();
        Assert.Empty(energy.GetMeasurementSnapshot());
        rig.Settle();
        CollectedMeasurement<double> joules = Assert.Single(energy.GetMeasurementSnapshot());
        Assert.Equal(10, joules.Value, 6);
        Assert.True(joules.MatchesTags(new KeyValuePair<string, object?>("greenai.model", "m")));
        Assert.Equal(0.25, Assert.Single(duration.GetMeasurementSnapshot()).Value, 6);
    }

    [Fact]
    public void Histograms_UnknownEnergy_IsLeftOut_DurationIsNot()
    {
        using MeterRig rig = new();
        using InstrumentProbe probe = new(rig.Meters);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.25, 0);
        scope.Complete();
        rig.Settle();
        Assert.Empty(probe.Recorded(InstrumentNames.InferenceEnergy));
        Assert.Single(probe.Recorded(InstrumentNames.InferenceDuration));
    }

    [Fact]
    public void Inferences_ByModelAndOutcome_CountFinals()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        InferenceScope[] scopes = [.. Enumerable.Range(0, 6).Select(_ => rig.Meter.Begin("m"))];
        rig.Run(0.1, 10);
        for (int i = 0; i < 3; i++) scopes[i].Complete();
        scopes[3].Fail();
        scopes[4].Fail();
        scopes[5].Dispose();
        Assert.Empty(probe.Collect("greenai.inferences"));
        rig.Settle();
        Assert.Equal(
            [("succeeded", 3.0), ("failed", 2.0), ("abandoned", 1.0)],
            probe.Collect("greenai.inferences").Select(row => (row.Tags["greenai.outcome"], row.Value)));
    }

    [Fact]
    public void RegisteredModel_AppearsBeforeItsFirstInference()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { Models = { ["waiting"] = new() } }, _machine);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Meter.Engine.Tick();
        Assert.Equal(0, Assert.Single(probe.Collect("greenai.energy"), row => row.Tags.Values.Contains("waiting")).Value);
    }

    [Fact]
    public void OpenScopes_CountsBegunAndNotEnded()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        InferenceScope[] scopes = [.. Enumerable.Range(0, 3).Select(_ => rig.Meter.Begin("m"))];
        rig.Run(0.1, 10);
        scopes[0].Complete();
        rig.Meter.Engine.Tick();
        Assert.Equal(2, Assert.Single(probe.Collect("greenai.metering.open_scopes")).Value);
    }

    [Fact]
    public void DroppedScopes_BeyondMaxScopes_AreCounted()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { MaxScopes = 4096 }, _machine);
        using InstrumentProbe probe = new(rig.Meters);
        ModelHandle model = rig.Meter.Model("m");
        int untracked = 0;
        for (int i = 0; i < 4096 + 10; i++)
        {
            if (!rig.Meter.Begin(model).IsTracked) untracked++;
        }

        Assert.Equal(10, untracked);
        Assert.Equal(10, Assert.Single(probe.Collect("greenai.metering.dropped_scopes")).Value);
    }

    [Fact]
    public void ObserverOverflow_IsCounted_TotalsAreNotAffected()
    {
        using BlockedObserver observer = new();
        FakePowerSource source = new(TimeProvider.System, _machine);
        using ScopedMeters meters = new();
        using EnergyMeter meter = new(new GreenAIMeteringOptions { ObserverQueueCapacity = 16 }, new MeterEnvironment
        {
            Sources = [source],
            Observers = [observer],
            MeterFactory = meters,
        });
        using InstrumentProbe probe = new(meters);
        for (int i = 0; i < 100; i++) meter.Begin("m").Complete();
        EnergyTotals totals = meter.SettleAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        Assert.Equal(100, totals.Models[0].Inferences);
        // One is with the observer, or not taken yet; 16 wait.
        Assert.InRange(Assert.Single(probe.Collect("greenai.metering.observer_overflow")).Value, 83, 84);
    }

    [Fact]
    public void HolesAndCoverage_FailedReadings_CostCoverage()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Run(1, 10);
        rig.Settle();
        Assert.Equal(1, Assert.Single(probe.Collect("greenai.metering.coverage")).Value);
        Assert.Equal(0, Assert.Single(probe.Collect("greenai.metering.holes")).Value);
        rig.Source[0].Fault = SampleFault.InputOutput;
        rig.Run(1, 10);
        rig.Settle();
        rig.Source[0].Fault = SampleFault.None;
        rig.Run(2, 10);
        rig.Settle();
        InstrumentReading coverage = Assert.Single(probe.Collect("greenai.metering.coverage"));
        Assert.Equal(0.75, coverage.Value, 0.01);
        Assert.Equal("metrics:machine", Assert.Single(coverage.Tags).Value);
        Assert.Equal(1, Assert.Single(probe.Collect("greenai.metering.holes")).Value);
        Assert.Equal(40, Assert.Single(probe.Collect("hw.energy")).Value);
    }

    // Since the start a loss is diluted by all that was read before it, and never forgotten after it: a window is neither.
    [Fact]
    public void CoveredTime_OfAWindow_IsWhatWasReadInIt()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Run(100, 10);
        rig.Settle();
        double before = Read();
        rig.Source[0].Fault = SampleFault.InputOutput;
        rig.Run(10, 10);
        rig.Settle();
        Assert.Equal(0, Read() - before, 0.001);
        Assert.True(Assert.Single(probe.Collect("greenai.metering.coverage")).Value > 0.9);
        rig.Source[0].Fault = SampleFault.None;
        // The counter went on: the interval of the failure is billed, and was not read.
        rig.Run(0.1, 10);
        rig.Settle();
        before = Read();
        rig.Run(10, 10);
        rig.Settle();
        Assert.Equal(10, Read() - before, 0.001);

        double Read() => Assert.Single(probe.Collect("greenai.metering.covered_time")).Value;
    }

    [Fact]
    public void H5_SelfPower_AppearsOnceAProcessorsPowerIsKnown()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        Assert.Empty(probe.Collect("greenai.metering.self_power"));
        for (int tick = 0; tick < 20; tick++)
        {
            rig.Run(0.1, 10);
            rig.Meter.Engine.Tick();
        }

        // The fake clock stands still while the books close: known, and free.
        InstrumentReading self = Assert.Single(probe.Collect("greenai.metering.self_power"));
        Assert.Equal(0, self.Value);
        Assert.Empty(self.Tags);
    }

    [Fact]
    public void H4_TwoMetersInOneProcess_KeepApart()
    {
        using MeterRig one = new(FakePowerSource.Cpu("metrics:one"));
        using MeterRig two = new(FakePowerSource.Cpu("metrics:two"));
        using InstrumentProbe first = new(one.Meters);
        using InstrumentProbe second = new(two.Meters);
        one.Run(1, 10);
        two.Run(1, 33);
        one.Settle();
        two.Settle();
        Assert.Equal(("metrics:one", 10.0), Row(first));
        Assert.Equal(("metrics:two", 33.0), Row(second));

        static (string, double) Row(InstrumentProbe probe)
        {
            InstrumentReading row = Assert.Single(probe.Collect("hw.energy"));
            return (row.Tags["hw.id"], row.Value);
        }
    }

    [Fact]
    public async Task H2_ReadingInstruments_WhileTheCloserIsBlockedInASource_DoesNotBlock()
    {
        using BlockableSource source = new(_machine);
        using ScopedMeters meters = new();
        using EnergyMeter meter = new(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [source], MeterFactory = meters });
        using InstrumentProbe probe = new(meters);
        ModelHandle model = meter.Model("m");
        TimeSpan patience = TimeSpan.FromSeconds(20);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        source.Block();
        Task closing = OnItsOwnThread(() => meter.Engine.CloseNow(closeStandstill: true));
        try
        {
            source.WaitUntilBlocked();

            // The closer holds its lock inside Read now. Neither a collection nor a request waits for it.
            int rows = 0;
            FootprintStage stage = FootprintStage.None;
            await OnItsOwnThread(() => rows = probe.Collect().Count).WaitAsync(patience, cancellation);
            await OnItsOwnThread(() => stage = Infer(meter, model)).WaitAsync(patience, cancellation);
            Assert.True(rows > 0);
            Assert.Equal(FootprintStage.Provisional, stage);
            Assert.False(closing.IsCompleted);
        }
        finally
        {
            source.Release();
        }

        await closing.WaitAsync(patience, cancellation);
    }

    [Fact]
    public void H2_ReadingInstruments_NeverReadsASource()
    {
        using MeterRig rig = new(_machine);
        using InstrumentProbe probe = new(rig.Meters);
        int reads = rig.Source.Reads;
        for (int i = 0; i < 10; i++) probe.Collect();
        Assert.Equal(reads, rig.Source.Reads);
    }

    private static FootprintStage Infer(EnergyMeter meter, ModelHandle model)
    {
        using InferenceScope scope = meter.Begin(model);
        scope.Suspend();
        scope.Resume();
        return scope.Complete().Stage;
    }

    // Not the thread pool's: other tests may keep that busy.
    private static Task OnItsOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class BlockedObserver : IInferenceObserver, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public void OnFinal(in InferenceFootprint footprint) => _released.Wait();

        // Not disposed: the observer's thread may still be leaving Wait.
        public void Dispose() => _released.Set();
    }
}
