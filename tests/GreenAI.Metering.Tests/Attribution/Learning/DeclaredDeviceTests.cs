namespace GreenAI.Metering.Tests;

/// <summary>Models declared to use some devices only.</summary>
public sealed class DeclaredDeviceTests
{
    [Theory]
    [InlineData("gpu", true)]
    [InlineData("GPU", true)]
    [InlineData("Gpu", true)]
    [InlineData("declared:board", true)]
    [InlineData("cpu", false)]
    [InlineData("Accelerator", false)]
    public void ClassWords_AreKnownInAnyCase(string word, bool matches) =>
        Assert.Equal(matches, ModelDeclarations.Matches(word, Gpu("declared:board-1")));

    [Fact]
    public void DeviceTheModelDoesNotUse_HasNoPartInItsFootprints()
    {
        // The processor is an estimate without a known floor, and cannot be read; the model runs on the board only.
        PowerDevice cpu = new()
        {
            Id = "other:cpu",
            Name = "Estimate",
            Domain = EnergyDomain.CpuPackage,
            Tier = MeasurementTier.Modelled,
            SharedByCpuTime = true,
            MaxPower = Power.FromWatts(500),
        };
        GreenAIMeteringOptions options = new() { Models = { ["m"] = new ModelOptions { Devices = ["gpu"] } } };
        using LearningRig rig = new(options, ["m"], [0, 10], cpu, Gpu("other:gpu")) { Truth = [[0], [20]] };
        rig.Mix(1);
        for (int step = 0; step < 30; step++) rig.Pass(0.1);
        rig.Rig.Source[0].Fault = SampleFault.InputOutput;
        for (int step = 0; step < 30; step++) rig.Pass(0.1);
        InferenceScope scope = rig.Rig.Meter.Begin("m");
        rig.Pass(1);
        InferenceFootprint provisional = scope.Complete();
        rig.Mix(0);
        rig.Pass(3);
        rig.Rig.Settle();
        foreach (InferenceFootprint footprint in (InferenceFootprint[])[provisional, rig.Rig.Finish().Single(final => final.ScopeId == scope.Id)])
        {
            Assert.Equal(UnavailableReason.None, footprint.Reason);
            Assert.False(footprint.IncludesIdle);
            Assert.Equal(100, footprint.UpperBound.Joules, 1);
            if (footprint.Stage != FootprintStage.Final) continue;
            Assert.Equal(MeasurementTier.Measured, footprint.Tier);
            Assert.Equal(1, footprint.Coverage, 0.001);
            Assert.Equal(10, footprint.Marginal!.Value.Joules, 0.1);
        }
    }

    [Fact]
    public void ModelThatUsesNoDeviceOfThisHost_SaysSo_AndItsEnergyIsNobodys()
    {
        GreenAIMeteringOptions options = new() { Models = { ["m"] = new ModelOptions { Devices = ["gpu"] } } };
        using LearningRig rig = new(options, ["m"], [10], FakePowerSource.Cpu("nobody:cpu", idle: Power.FromWatts(10))) { Truth = [[20]] };
        rig.Mix(1);
        rig.Pass(1);
        InferenceScope scope = rig.Rig.Meter.Begin("m");
        rig.Pass(1);
        Assert.Equal(UnavailableReason.NoDevice, scope.Complete().Reason);
        rig.Mix(0);
        EnergyTotals totals = rig.Rig.Settle();
        Assert.Equal(40, totals.Devices[0].Unattributed.Joules, 0.1);
        Assert.Equal(MeasurementTier.Unavailable, Assert.Single(totals.Models).Tier);
        Assert.All(rig.Rig.Finish(), final => Assert.Equal(UnavailableReason.NoDevice, final.Reason));
    }

    private static PowerDevice Gpu(string id) => new()
    {
        Id = id,
        Name = "Board",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Measured,
        IdlePower = Power.FromWatts(10),
        UpdatePeriod = TimeSpan.FromMilliseconds(1),
        MaxPower = Power.FromWatts(100),
    };

    [Fact]
    public void OptionsChangedAfterTheStart_ChangeNothing()
    {
        var declared = new ModelOptions { Devices = ["gpu"] };
        var options = new GreenAIMeteringOptions { Models = { ["a"] = declared } };
        var declarations = new ModelDeclarations(options.Models);
        declared.Devices.Clear();
        declared.RelativeWeight = 7;
        options.Models.Clear();
        Assert.False(declarations.Uses("a", FakePowerSource.Cpu()));
        Assert.Equal(1, declarations.RelativeWeight("a"));
    }
}
