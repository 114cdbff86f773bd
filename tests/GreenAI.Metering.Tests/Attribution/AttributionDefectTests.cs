namespace GreenAI.Metering.Tests;

/// <summary>What meters of other makers do wrong when requests overlap; the ids are those of our list of defects.</summary>
public sealed class AttributionDefectTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu(idle: Power.Zero);

    [Fact]
    public void A1_FourRequestsInFlight_ShareTheEnergyOnce()
    {
        using MeterRig rig = new(_machine);
        ModelHandle model = rig.Meter.Model("m");
        InferenceScope[] scopes = [.. Enumerable.Range(0, 4).Select(_ => rig.Meter.Begin(model))];
        rig.Run(1, 100);
        foreach (InferenceScope scope in scopes) scope.Complete();
        EnergyTotals totals = rig.Settle();

        Assert.Equal(Energy.FromJoules(100), totals.Total);
        Assert.Equal(Energy.FromJoules(100), totals.Settled);
        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        Assert.Equal(4, finals.Count);
        Assert.All(finals, final => Assert.Equal(Energy.FromJoules(25), final.Marginal));
    }

    [Fact]
    public void A2_M2_ShortRequest_IsNotResolvableYet_ThenBilledWhenTheIntervalCloses()
    {
        using MeterRig rig = new(_machine);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.002, 50);
        InferenceFootprint provisional = scope.Complete();

        Assert.Equal(FootprintStage.Provisional, provisional.Stage);
        Assert.Null(provisional.Marginal);
        Assert.Equal(UnavailableReason.NotLearned, provisional.Reason);
        Assert.Equal(MeasurementTier.Unavailable, provisional.Tier);
        Assert.Equal(Energy.FromJoules(2000 * 0.002), provisional.UpperBound);

        rig.Run(0.098, 50);
        rig.Settle();
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(provisional.ScopeId, final.ScopeId);
        Assert.Equal(FootprintStage.Final, final.Stage);
        Assert.Equal(Energy.FromJoules(5), final.Marginal);
        Assert.Equal(MeasurementTier.Measured, final.Tier);
    }

    [Fact]
    public void A3_HalfTheBusyProcessorTime_HalfTheDynamicEnergy_RestIsOthers()
    {
        using MeterRig rig = new(_machine);
        using InferenceScope scope = rig.Meter.Begin("m");
        for (int tick = 0; tick < 20; tick++)
        {
            rig.Run(0.1, 40, ownProcessors: 1, foreignProcessors: 1);
            rig.Meter.Engine.Tick();
        }

        scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(80e6, totals.Total.Microjoules);
        Assert.Equal(40e6, totals.Other.Microjoules, 10.0);
        Assert.Equal(40e6, totals.Settled.Microjoules, 10.0);
    }

    [Fact]
    public void A4_EnergyOfAChildProcess_IsOthers_NotLostAndNotOurs()
    {
        using MeterRig rig = new(_machine);
        rig.Run(10, 30, ownProcessors: 0, foreignProcessors: 1);
        EnergyTotals totals = rig.Settle();
        Assert.Equal(Energy.FromJoules(300), totals.Other);
    }

    [Fact]
    public void A5_IdlePower_IsItsOwnBucket()
    {
        using MeterRig rig = new(FakePowerSource.Cpu());
        rig.Idle(2, 28);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 36);
        scope.Complete();
        EnergyTotals totals = rig.Settle();

        Assert.Equal(28, totals.Devices[0].IdleFloor!.Value.Watts, 0.01);
        Assert.Equal(8e6, totals.Settled.Microjoules, 20_000.0);
        // The first tick of 100 ms is what the floor is learned from: until then nothing is booked as idle.
        Assert.Equal((1.9 + 1) * 28e6, totals.Idle.Microjoules, 20_000.0);
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(36e6, final.WithIdle!.Value.Microjoules, 20_000.0);
    }

    [Fact]
    public void A6_SuspendedRequest_IsNotChargedWhileItWaits()
    {
        using MeterRig rig = new(_machine);
        InferenceScope a = rig.Meter.Begin("a");
        InferenceScope b = rig.Meter.Begin("b");
        b.Suspend();
        rig.Run(1, 10);
        b.Resume();
        a.Complete();
        rig.Run(1, 10);
        b.Complete();
        EnergyTotals totals = rig.Settle();

        Assert.Equal(Energy.FromJoules(10), totals.Model("a")!.Energy);
        Assert.Equal(Energy.FromJoules(10), totals.Model("b")!.Energy);
        InferenceFootprint waited = rig.Finish().Single(final => final.Model.Name == "b");
        Assert.Equal(TimeSpan.FromSeconds(1), waited.ActiveTime);
        Assert.Equal(TimeSpan.FromSeconds(2), waited.Duration);
    }

    [Fact]
    public void A7_ScopeWithinScope_AndScopeNeverClosed_ChargeNothingTwice()
    {
        using MeterRig rig = new(_machine);
        InferenceScope outer = rig.Meter.Begin("m");
        rig.Run(1, 20);
        InferenceScope inner = rig.Meter.Begin("m");
        _ = rig.Meter.Begin("leaked");
        rig.Run(1, 20);
        InferenceFootprint innerProvisional = inner.Complete();
        rig.Run(1, 20);
        InferenceFootprint outerProvisional = outer.Complete();
        EnergyTotals totals = rig.Settle();

        Assert.Equal(Energy.FromJoules(60), totals.Total);
        Assert.Equal(totals.Total, totals.Settled + totals.Open);
        Assert.Equal(1, totals.OpenScopes);
        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        Energy Bill(long id) => finals.Single(final => final.ScopeId == id).Marginal!.Value;
        Assert.True(Bill(innerProvisional.ScopeId) <= Bill(outerProvisional.ScopeId));
    }

    [Fact]
    public void A8_TwoProcessesOnOneGpu_OursIsWhatTheDeviceTells()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero, shared: false));
        rig.Source[0].ProcessShare = 0.25f;
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 200);
        scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(Energy.FromJoules(50), totals.Settled);
        Assert.Equal(Energy.FromJoules(150), totals.Other);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1.0)]
    public void A9_ShareOutOfRange_IsClamped_AndTheSumConserved(float share)
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero, shared: false));
        rig.Source[0].ProcessShare = share;
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 200);
        scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(Energy.FromJoules(200), totals.Settled + totals.Other);
    }

    [Fact]
    public void A9_OwnProcessorTimeAheadOfTheMachines_ShareIsOne()
    {
        using MeterRig rig = new(_machine);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 10, ownProcessors: 1, foreignProcessors: -0.5);
        scope.Complete();
        Assert.Equal(Energy.FromJoules(10), rig.Settle().Settled);
    }

    [Fact]
    public void C18_OneHundredMicrojoulesOverThree_34_33_33()
    {
        using MeterRig rig = new(_machine);
        ModelHandle model = rig.Meter.Model("m");
        InferenceScope[] scopes = [.. Enumerable.Range(0, 3).Select(_ => rig.Meter.Begin(model))];
        rig.Run(1, 100e-6);
        foreach (InferenceScope scope in scopes) scope.Complete();
        rig.Settle();
        Assert.Equal([33, 33, 34], rig.Finish().Select(final => final.Marginal!.Value.Microjoules).Order());
    }

    [Fact]
    public void G4_EachDeviceIsBilledToWhoeverWasActive_NotTheNodeToEach()
    {
        using MeterRig rig = new([.. Enumerable.Range(0, 8).Select(i => FakePowerSource.Cpu($"fake:{i}", idle: Power.Zero))]);
        InferenceScope[] scopes = [.. Enumerable.Range(0, 8).Select(i => rig.Meter.Begin($"model-{i}"))];
        rig.Run(1, 50);
        foreach (InferenceScope scope in scopes) scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(Energy.FromJoules(400), totals.Total);
        Assert.All(totals.Models, model => Assert.Equal(Energy.FromJoules(50), model.Energy));
    }

    [Fact]
    public void M3_ManyNamedTasksOnOneMeter_AllBilled_SumConserved()
    {
        using MeterRig rig = new(_machine);
        for (int task = 0; task < 400; task++)
        {
            InferenceScope scope = rig.Meter.Begin($"task-{task % 100}");
            rig.Run(0.01, 25);
            scope.Complete();
        }

        EnergyTotals totals = rig.Settle();
        Assert.Equal(400, totals.Models.Sum(model => model.Inferences));
        Assert.Equal(Energy.FromJoules(100), totals.Settled);
    }

    [Fact]
    public void MachineScope_DeviceThatTellsAShare_AllIsOurs()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { Scope = EnergyScope.Machine }, FakePowerSource.Cpu(idle: Power.Zero, shared: false));
        rig.Source[0].ProcessShare = 0.25f;
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 200);
        scope.Complete();
        Assert.Equal(Energy.FromJoules(200), rig.Settle().Settled);
    }

    [Fact]
    public void MachineScope_ProcessorTimesUnreadable_AddsNoUncertainty()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { Scope = EnergyScope.Machine }, _machine);
        rig.Processor.Fails = true;
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 200);
        scope.Complete();
        Assert.Equal(0.1, rig.Settle().Models[0].Uncertainty!.Value.Above, 1e-9);
    }
}
