namespace GreenAI.Metering.Tests;

public sealed class ScopeLifeTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu(idle: Power.Zero);

    [Fact]
    public void Complete_Twice_SecondDoesNothing()
    {
        using MeterRig rig = new(_machine);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 10);
        Assert.Equal(FootprintStage.Provisional, scope.Complete(units: 3).Stage);
        InferenceFootprint second = scope.Complete(units: 5);
        Assert.Equal(FootprintStage.None, second.Stage);
        Assert.Equal(UnavailableReason.NoScope, second.Reason);
        Assert.Null(second.Marginal);
        scope.Dispose();
        ModelTotals model = rig.Settle().Model("m")!;
        Assert.Equal((1, 0, 0, 3), (model.Succeeded, model.Failed, model.Abandoned, model.WorkUnits));
    }

    [Fact]
    public void StaleScope_CannotTouchTheNextInferenceOfItsSlot()
    {
        using MeterRig rig = new(_machine);
        InferenceScope stale = rig.Meter.Begin("m");
        stale.Complete();
        rig.Run(1, 10);
        rig.Settle();
        InferenceScope next = rig.Meter.Begin("m");
        stale.Suspend();
        Assert.Equal(FootprintStage.None, stale.Fail().Stage);
        stale.Dispose();
        rig.Run(1, 10);
        Assert.Equal(FootprintStage.Provisional, next.Complete().Stage);
        ModelTotals model = rig.Settle().Model("m")!;
        Assert.Equal((2, 0, 0), (model.Succeeded, model.Failed, model.Abandoned));
    }

    [Fact]
    public void DefaultScopeAndForeignHandle_DoNothing()
    {
        using MeterRig rig = new(_machine);
        using MeterRig other = new(FakePowerSource.Cpu("fake:other"));
        InferenceScope scope = default;
        scope.Suspend();
        scope.Resume();
        scope.Dispose();
        Assert.Equal(FootprintStage.None, scope.Complete().Stage);
        Assert.False(rig.Meter.Begin(other.Meter.Model("m")).IsTracked);
        Assert.False(rig.Meter.Begin(default(ModelHandle)).IsTracked);
    }

    [Fact]
    public void EveryOutcome_IsCountedApart_AndItsEnergyAlways()
    {
        using MeterRig rig = new(_machine);
        rig.Meter.Begin("m").Complete();
        rig.Meter.Begin("m").Fail();
        using (rig.Meter.Begin("m"))
        {
            rig.Run(1, 10);
        }

        EnergyTotals totals = rig.Settle();
        ModelTotals model = totals.Model("m")!;
        Assert.Equal((1, 1, 1, 3), (model.Succeeded, model.Failed, model.Abandoned, model.Inferences));
        Assert.Equal(Energy.FromJoules(10), model.Energy);
        Assert.Equal(InferenceOutcome.Abandoned, rig.Finish().Single(final => final.MarginalMicrojoules > 0).Outcome);
    }

    [Fact]
    public void Provisional_IsLearnedWattsTimesDuration_MarkedModelled()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.FromWatts(10)));
        InferenceScope teacher = rig.Meter.Begin("m");
        rig.Run(10, 30);
        teacher.Complete();
        rig.Settle();

        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.5, 30);
        InferenceFootprint provisional = scope.Complete();
        Assert.Equal(FootprintStage.Provisional, provisional.Stage);
        Assert.Equal(MeasurementTier.Modelled, provisional.Tier);
        Assert.Equal(10, provisional.Marginal!.Value.Joules, 0.01);
        Assert.Equal(15, provisional.WithIdle!.Value.Joules, 0.01);
        Assert.Equal(TimeSpan.FromSeconds(0.5), provisional.ActiveTime);
        Assert.True(provisional.UpperBound > provisional.Marginal);
        Assert.True(provisional.Uncertainty!.Value.Above >= 0.1);
    }

    [Fact]
    public void NoDevice_FootprintIsUnavailableWithItsReason_InferencesStillCount()
    {
        using MeterRig rig = new();
        InferenceFootprint provisional = rig.Meter.Begin("m").Complete();
        Assert.Equal(UnavailableReason.NoDevice, provisional.Reason);
        EnergyTotals totals = rig.Settle();
        Assert.Equal(1, totals.Model("m")!.Inferences);
        Assert.Null(totals.Model("m")!.EnergyPerInference);
        Assert.Equal(MeasurementTier.Unavailable, totals.Tier);
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(UnavailableReason.NoDevice, final.Reason);
        Assert.Null(final.Marginal);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Warning: Nothing can be metered", StringComparison.Ordinal));
    }

    [Fact]
    public void FinalBelowAMicrojoule_IsNotAClaimOfZero()
    {
        using MeterRig rig = new(_machine);
        rig.Meter.Begin("m").Complete();
        rig.Run(1, 0);
        rig.Settle();
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(UnavailableReason.BelowResolution, final.Reason);
        Assert.Null(final.Marginal);
        Assert.Equal(MeasurementTier.Unavailable, final.Tier);
    }

    [Fact]
    public void Load_GrowsTheTable_AndBeyondTheCapCountsWhatItCannotTrack()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { MaxScopes = 8192 }, _machine);
        InferenceScope[] scopes = [.. Enumerable.Range(0, 8192 + 10).Select(_ => rig.Meter.Begin("m"))];
        Assert.Equal(8192, scopes.Count(scope => scope.IsTracked));
        rig.Run(1, 100);
        foreach (InferenceScope scope in scopes) scope.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(10, totals.DroppedScopes);
        Assert.Equal(8192, totals.Model("m")!.Inferences);
        Assert.Equal(Energy.FromJoules(100), totals.Settled);
        Assert.True(rig.Meter.Begin("m").IsTracked);
    }

    [Fact]
    public void TwoModelsMixed_UncertaintySaysThatTheSplitIsInDoubt_AloneItDoesNot()
    {
        using MeterRig rig = new(_machine);
        InferenceScope alone = rig.Meter.Begin("alone");
        rig.Run(1, 10);
        alone.Complete();
        rig.Settle();
        InferenceScope a = rig.Meter.Begin("a");
        InferenceScope b = rig.Meter.Begin("b");
        rig.Run(1, 10);
        a.Complete();
        b.Complete();
        EnergyTotals totals = rig.Settle();
        Assert.Equal(0.1, totals.Model("alone")!.Uncertainty!.Value.Above, 0.02);
        Assert.True(totals.Model("a")!.Uncertainty!.Value.Above >= 1);
        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        Assert.Equal(0.1, finals.Single(final => final.Model.Name == "alone").Uncertainty!.Value.Above, 0.02);
        Assert.True(finals.Single(final => final.Model.Name == "b").Uncertainty!.Value.Above >= 1);
    }

    [Fact]
    public void BeginAndComplete_AllocateNothing()
    {
        using MeterRig rig = new(_machine);
        ModelHandle model = rig.Meter.Model("m");
        AllocationAssert.Zero(() =>
        {
            InferenceScope scope = rig.Meter.Begin(model);
            scope.Suspend();
            scope.Resume();
            scope.Complete(units: 2);
            scope.Dispose();
        });
    }

    [Fact]
    public void Disposed_BeginIsANoOp_OpenScopesMayStillComplete()
    {
        MeterRig rig = new(_machine);
        InferenceScope open = rig.Meter.Begin("m");
        rig.Dispose();
        Assert.True(rig.Source.IsDisposed);
        Assert.False(rig.Meter.Begin("m").IsTracked);
        Assert.Equal(FootprintStage.Provisional, open.Complete().Stage);
        rig.Meter.Dispose();
        Assert.Throws<ObjectDisposedException>(rig.Meter.Start);
    }

    [Fact]
    public void Begin_NamesBeyondTheCap_AreLoggedOnce()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { MaxModels = 2 }, _machine);
        for (int i = 0; i < 100; i++) rig.Meter.Begin($"tenant-{i}").Complete();
        Assert.Single(rig.Logs.Lines, line => line.Contains("model names", StringComparison.Ordinal));
    }

    [Fact]
    public void Settle_DeviceWithAnAbsurdMaximum_NeverThrows()
    {
        using MeterRig rig = new(
            new PowerDevice
            {
                Id = "review:absurd",
                Name = "absurd",
                Domain = EnergyDomain.Accelerator,
                Tier = MeasurementTier.Measured,
                MaxPower = Power.FromWatts(1e15),
                IdlePower = Power.Zero,
            },
            _machine);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 10);
        scope.Complete();
        Assert.Equal(Energy.FromJoules(20), rig.Settle().Settled);
    }

    [Fact]
    public void Uncertainty_WhereThereIsNoFigure_IsNull()
    {
        using MeterRig rig = new();
        Assert.Null(rig.Meter.Begin("m").Complete().Uncertainty);
        Assert.Null(rig.Settle().Model("m")!.Uncertainty);
        Assert.Null(rig.Meter.StartWindow("w").StopAsync().Result.Uncertainty);
        Assert.Null(Assert.Single(rig.Finish()).Uncertainty);
    }

    [Fact]
    public void PowerThatNeverRoseAboveTheFloor_IsMeasured_ButNoClaimOfZero()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.FromWatts(20)));
        rig.Meter.Begin("m").Complete();
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(1, 20);
        scope.Complete();
        ModelTotals model = rig.Settle().Model("m")!;
        Assert.Equal(Energy.Zero, model.Energy);
        Assert.Equal(MeasurementTier.Measured, model.Tier);
        Assert.Null(model.EnergyPerInference);
        Assert.Equal(10, model.EnergyPerInferenceWithIdle!.Value.Joules, 0.02);
    }

    [Fact]
    public void Model_NameOfTheOverflow_IsRefused()
    {
        using MeterRig rig = new(_machine);
        Assert.Contains("(overflow)", Assert.Throws<ArgumentException>(() => rig.Meter.Model("(overflow)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FewSlotsLeft_NoBillWaitsForASlowCounter()
    {
        using MeterRig rig = new(
            new GreenAIMeteringOptions { MaxScopes = 4096 }, FakePowerSource.Cpu("fake:slow", updateMs: 10_000, idle: Power.Zero, shared: false));
        rig.Meter.Start();
        for (int i = 0; i < 3500; i++) rig.Meter.Begin("m").Complete();
        rig.Time.Advance(TimeSpan.FromMilliseconds(200));
        for (int i = 0; i < 3500; i++) Assert.True(rig.Meter.Begin("m").IsTracked);
        EnergyTotals totals = rig.Meter.GetTotals();
        Assert.Equal(3500, totals.Model("m")!.Inferences);
        Books.AssertBalanced(totals);
    }
}
