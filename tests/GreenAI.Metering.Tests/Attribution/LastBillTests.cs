using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>Bills of inferences whose last interval never closes in the usual way.</summary>
public sealed class LastBillTests
{
    [Fact]
    public void Tick_OnlyDeviceFailsForGood_BillsAreClosedLateAllTheSame()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("last-bill:broken", idle: Power.Zero));
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.1, 10);
        rig.Meter.Engine.Tick();
        rig.Source[0].Fault = SampleFault.Gone;
        rig.Run(0.1, 10);
        rig.Meter.Engine.Tick();
        scope.Complete();
        for (int tick = 0; tick < 25; tick++)
        {
            rig.Run(0.1, 10);
            rig.Meter.Engine.Tick();
        }

        EnergyTotals totals = rig.Meter.GetTotals();
        Assert.Equal((1, 0), (totals.Models[0].Inferences, totals.OpenScopes));
        Assert.Equal(1, totals.Settled.Joules, 0.02);
        Books.AssertBalanced(totals);
        Assert.Equal(1, Assert.Single(rig.Finish()).ModelledRemainder.Joules, 0.02);
    }

    [Fact]
    public void Dispose_DeviceFailsAtTheEnd_LastBillsAreFinal()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("last-bill:failing", idle: Power.Zero));
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.1, 10);
        rig.Meter.Engine.Tick();
        rig.Run(0.05, 10);
        scope.Complete();
        rig.Source[0].Fault = SampleFault.InputOutput;

        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal((FootprintStage.Final, Energy.FromJoules(1)), (final.Stage, final.Marginal));
        EnergyTotals totals = rig.Meter.GetTotals();
        Assert.Equal((1, 0), (totals.Models[0].Inferences, totals.OpenScopes));
        Books.AssertBalanced(totals);
    }

    [Fact]
    public void Dispose_SlowCounter_LastBillsAreFinal()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("last-bill:slow", idle: Power.Zero, updateMs: 100));
        for (int tick = 0; tick < 8; tick++)
        {
            rig.Run(0.025, 10);
            rig.Meter.Engine.Tick();
        }

        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.024, 10);
        scope.Complete();
        Assert.Equal(FootprintStage.Final, Assert.Single(rig.Finish()).Stage);
        EnergyTotals totals = rig.Meter.GetTotals();
        Assert.Equal((1, 0), (totals.Models[0].Inferences, totals.OpenScopes));
        Books.AssertBalanced(totals);
    }

    [Fact]
    public void FirstInterval_DeviceReadLongAfterTheStart_IsNotSpentOnInferencesOfBefore()
    {
        var time = new FakeTimeProvider();
        var source = new FakePowerSource(time, FakePowerSource.Cpu("review:late-start", idle: Power.Zero, shared: false));
        source[0].Fault = SampleFault.Gone;
        using var meter = new EnergyMeter(
            new GreenAIMeteringOptions(),
            new MeterEnvironment { TimeProvider = time, Sources = [source], ProcessorTimes = new FakeProcessorTimes() });
        for (int i = 0; i < 100; i++)
        {
            InferenceScope early = meter.Begin("early");
            Pass();
            early.Complete();
        }

        source[0].Fault = SampleFault.None;
        Pass();
        InferenceScope scope = meter.Begin("now");
        Pass();
        scope.Complete();
        meter.SettleAsync(TestContext.Current.CancellationToken);
        EnergyTotals totals = meter.GetTotals();
        Books.AssertBalanced(totals);
        Assert.Equal(Energy.Zero, totals.Late);
        Assert.True(totals.Model("now")!.Energy > Energy.FromJoules(0.9));

        void Pass()
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            source.Burn(10, TimeSpan.FromMilliseconds(100));
            meter.Engine.Tick();
        }
    }

    [Fact]
    public void Bill_EndsBetweenTheReadingAndItsDate_AfterAStall_IsMeasuredNotLate()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("last-bill:stall", idle: Power.Zero));
        rig.Run(1, 10);
        rig.Meter.Engine.Tick();
        rig.Run(4.9998, 10);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.0002, 10);
        scope.Complete();
        rig.Meter.Engine.Tick();
        rig.Run(0.1, 10);
        rig.Meter.Engine.Tick();
        Assert.Equal(Energy.Zero, rig.Meter.GetTotals().Late);
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal((1.0, UnavailableReason.None), (final.Coverage, final.Reason));
    }

    [Fact]
    public async Task DisposeAsync_WhileAnotherThreadDisposes_ObserversAreToldEverything()
    {
        var finals = new CollectingObserver();
        using var times = new HeldProcessorTimes();
        var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment
        {
            Sources = [new FakePowerSource(TimeProvider.System, FakePowerSource.Cpu("last-bill:two-disposals"))],
            ProcessorTimes = times,
            Observers = [finals],
        });
        await Task.Delay(60, TestContext.Current.CancellationToken);
        meter.Begin("m").Complete();
        times.Hold();
        Task first = Task.Run(meter.Dispose, TestContext.Current.CancellationToken);
        times.WaitForReader();
        Task second = meter.DisposeAsync().AsTask();
        times.Release();
        await first;
        await second;
        Assert.Single(finals.All);
    }

    private sealed class HeldProcessorTimes : IProcessorTimes, IDisposable
    {
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly ManualResetEventSlim _waiting = new();

        public void Hold() => _open.Reset();

        public void WaitForReader() => _waiting.Wait();

        public void Release() => _open.Set();

        public bool TryRead(out ProcessorTimesReading reading)
        {
            reading = default;
            if (!_open.IsSet) _waiting.Set();
            _open.Wait();
            return true;
        }

        public void Dispose() => Release();
    }
}
