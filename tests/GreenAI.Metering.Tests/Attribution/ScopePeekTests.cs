namespace GreenAI.Metering.Tests;

public sealed class ScopePeekTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu(idle: Power.Zero);

    [Fact]
    public void Peek_OfARunningInference_IsLearnedWattsTimesActiveTime_AndChangesNothing()
    {
        using MeterRig rig = Taught();
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.5, 30);
        InferenceFootprint half = scope.Peek();
        Assert.Equal((FootprintStage.Provisional, 0L, scope.Id), (half.Stage, half.Units, half.ScopeId));
        Assert.Equal(15, half.Marginal!.Value.Joules, 0.01);
        scope.Suspend();
        rig.Run(1, 30);
        Assert.Equal(TimeSpan.FromSeconds(0.5), scope.Peek().ActiveTime);
        Assert.Equal(TimeSpan.FromSeconds(1.5), scope.Peek().Duration);
        scope.Resume();
        rig.Run(0.5, 30);
        Assert.Equal(TimeSpan.FromSeconds(1), scope.Peek().ActiveTime);
        Assert.Equal(TimeSpan.FromSeconds(1), scope.Complete().ActiveTime);
        Assert.Equal(FootprintStage.None, scope.Peek().Stage);
        Assert.Equal(FootprintStage.None, default(InferenceScope).Peek().Stage);
    }

    [Fact]
    public void Peek_OfAStaleScope_TellsNothingOfTheSlotsNextInference()
    {
        using MeterRig rig = new(_machine);
        InferenceScope stale = rig.Meter.Begin("m");
        stale.Complete();
        rig.Run(1, 10);
        rig.Settle();
        rig.Meter.Begin("m");
        Assert.Equal(FootprintStage.None, stale.Peek().Stage);
        Assert.False(stale.TrySuspend());
    }

    [Fact]
    public void Peek_AllocatesNothing()
    {
        using MeterRig rig = Taught();
        InferenceScope scope = rig.Meter.Begin("m");
        AllocationAssert.Zero(() => scope.Peek());
    }

    [Fact]
    public void Peek_WhileAnotherThreadSuspendsAndResumes_NeverSeesMoreThanHasPassed()
    {
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [] });
        long start = TimeProvider.System.GetTimestamp();
        InferenceScope scope = meter.Begin("m");
        bool stop = false;
        var toggling = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                scope.Suspend();
                scope.Resume();
            }
        });
        toggling.Start();
        try
        {
            for (int i = 0; i < 50_000; i++)
            {
                TimeSpan active = scope.Peek().ActiveTime;
                Assert.InRange(active, TimeSpan.Zero, TimeProvider.System.GetElapsedTime(start));
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            toggling.Join();
        }
    }

    [Fact]
    public void TrySuspend_SaysWhetherItComputed()
    {
        using MeterRig rig = new(_machine);
        InferenceScope scope = rig.Meter.Begin("m");
        Assert.True(scope.TrySuspend());
        Assert.False(scope.TrySuspend());
        scope.Resume();
        Assert.True(scope.TrySuspend());
        scope.Complete();
        Assert.False(scope.TrySuspend());
        Assert.False(default(InferenceScope).TrySuspend());
    }

    private static MeterRig Taught()
    {
        MeterRig rig = new(_machine);
        InferenceScope teacher = rig.Meter.Begin("m");
        rig.Run(10, 30);
        teacher.Complete();
        rig.Settle();
        return rig;
    }
}
