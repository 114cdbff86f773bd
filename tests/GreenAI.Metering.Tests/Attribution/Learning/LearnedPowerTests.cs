namespace GreenAI.Metering.Tests;

/// <summary>What the engine learns of loads whose truth is known, and what it says of it.</summary>
public sealed class LearnedPowerTests
{
    private static readonly string[] _three = ["light", "heavy", "tiny"];
    private static readonly double[] _threeWatts = [5, 20, 1];

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(1e3)]
    [InlineData(2.5e5)]
    public void DeclaredWeights_OnlyTheirRatiosCount(double scale)
    {
        GreenAIMeteringOptions options = new();
        foreach ((string name, double weight) in _three.Zip([1.0, 4.0, 1.0]))
            options.Models[name] = new ModelOptions { RelativeWeight = weight * scale };
        using LearningRig rig = Cpu(options);
        rig.RunAtRandom(new Random(3), 600, 0.1);
        for (int model = 0; model < 3; model++)
        {
            ModelPower learned = rig.Learned(model)!;
            Assert.Equal(_threeWatts[model], learned.Power.Watts, 0.3);
            Assert.True(learned.IsIdentified);
        }
    }

    [Fact]
    public void DeclaredWeights_FarFromTheTruth_AreCorrected()
    {
        GreenAIMeteringOptions options = new();
        foreach ((string name, double weight) in _three.Zip([1e6, 1e-6, 1.0]))
            options.Models[name] = new ModelOptions { RelativeWeight = weight };
        using LearningRig rig = Cpu(options);
        rig.RunAtRandom(new Random(3), 1200, 0.1);
        for (int model = 0; model < 3; model++) Assert.Equal(_threeWatts[model], rig.Learned(model)!.Power.Watts, 0.3);
    }

    [Fact]
    public void DeviceThatDrawsNoMoreThanItsFloor_ForHalfADay_KeepsFiguresFinite()
    {
        using LearningRig rig = Cpu(new GreenAIMeteringOptions());
        rig.RunAtRandom(new Random(3), 100, 0.1);
        rig.Truth = [[0, 0, 0]];
        for (int step = 0; step < 5000; step++)
        {
            rig.Mix(1 + (step % 2), 1, step % 2);
            rig.Pass(10);
            ShareWeights weights = rig.Rig.Meter.Engine.Devices[0].Books.Weights;
            Assert.All(weights.Watts, watts => Assert.True(double.IsFinite(watts) && watts > 0, $"{watts} W at step {step}"));
            Assert.All(weights.Doubt, doubt => Assert.True(double.IsFinite(doubt), $"doubt {doubt} at step {step}"));
        }

        rig.Truth = [_threeWatts];
        rig.RunAtRandom(new Random(4), 1200, 0.1);
        rig.Mix(0, 0, 0);
        rig.Rig.Settle();
        for (int model = 0; model < 3; model++) Assert.Equal(_threeWatts[model], rig.Learned(model)!.Power.Watts, 0.5);
    }

    [Fact]
    public void FloorFound_WhatWasLearnedWithoutIt_IsNoLongerCalledIdentified()
    {
        // No stated idle power: the floor is unknown until the device is seen quiet.
        using LearningRig rig = new(new GreenAIMeteringOptions(), _three, [40], FakePowerSource.Cpu("found:cpu")) { Truth = [_threeWatts] };
        rig.Mix(1, 1, 1);
        rig.Pass(0.01);
        for (int step = 0; step < 600; step++)
        {
            // Constant total: nothing to fit a floor from.
            rig.Mix(step % 3 == 0 ? 2 : 0, step % 3 == 1 ? 2 : 0, step % 3 == 2 ? 2 : 0);
            rig.Pass(0.1);
        }

        Assert.True(rig.Learned(0)!.IsIdentified);
        Assert.Equal(FloorSource.Unknown, rig.Rig.Meter.GetTotals().Devices[0].FloorSource);
        rig.Mix(0, 0, 0);
        for (int step = 0; step < 30; step++) rig.Pass(0.1);
        Assert.Equal(FloorSource.Observed, rig.Rig.Meter.GetTotals().Devices[0].FloorSource);
        rig.Mix(1, 1, 1);
        rig.Pass(0.1);
        for (int model = 0; model < 3; model++)
        {
            if (rig.Learned(model) is not { } learned) continue;
            Assert.False(learned.IsIdentified);
            Assert.InRange(learned.Rows, 0, 2);
        }
    }

    [Fact]
    public void FloorReplaced_WhatWasLearnedOnTheOldOne_IsForgotten()
    {
        var floor = new IdleFloor(stated: null);
        floor.ObserveQuiet(10, 2, 2);
        int before = floor.Generation;
        floor.ObserveQuiet(11, 1, 3);
        Assert.Equal(before, floor.Generation);
        for (int second = 4; second < 20; second++) floor.ObserveQuiet(40, 1, second);
        Assert.Equal(40, floor.Watts, 1);
        Assert.Equal(before + 1, floor.Generation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ModelJustSeen_IsNotToldAsZeroWatts_NorAsCertain(bool learn)
    {
        using LearningRig rig = new(
            new GreenAIMeteringOptions(), learn, _three, [10], Device("just:cpu"))
        {
            Truth = [_threeWatts],
        };
        rig.RunAtRandom(new Random(1), 60, 0.1);
        rig.Mix(1, 1, 1);
        rig.Pass(0.1);
        foreach (ModelTotals model in rig.Rig.Meter.GetTotals().Models)
        {
            ModelPower learned = Assert.Single(model.LearnedPower);
            Assert.True(learned.Power > Power.Zero, "Watts");
            Assert.True(learned.StandardError > Power.Zero, "Standard error");
            Assert.True(learn || !learned.IsIdentified);
        }
    }

    [Fact]
    public void SamplingInterval_DoesNotChangeWhatIsLearned()
    {
        using LearningRig fast = Cpu(new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromMilliseconds(50) });
        using LearningRig slow = Cpu(new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(1) });
        fast.RunAtRandom(new Random(3), 2400, 0.05);
        slow.RunAtRandom(new Random(3), 2400, 0.05, stepsPerTick: 20);
        for (int model = 0; model < 3; model++)
        {
            Assert.Equal(_threeWatts[model], fast.Learned(model)!.Power.Watts, 0.2 + (0.02 * _threeWatts[model]));
            Assert.Equal(_threeWatts[model], slow.Learned(model)!.Power.Watts, 0.2 + (0.02 * _threeWatts[model]));
            Assert.True(fast.Learned(model)!.IsIdentified && slow.Learned(model)!.IsIdentified);
        }
    }

    [Fact]
    public void OrderOfModels_DoesNotMatter_AndEqualModelsCostTheSame()
    {
        string[] names = ["a", "b", "twin", "nothing"];
        double[] watts = [5, 20, 20, 0];
        using LearningRig one = new(new GreenAIMeteringOptions(), names, [10], Device("order:one")) { Truth = [watts] };
        using LearningRig other = new(new GreenAIMeteringOptions(), [.. Enumerable.Reverse(names)], [10], Device("order:other")) { Truth = [[.. Enumerable.Reverse(watts)]] };
        Random random = new(11);
        for (int step = 0; step < 1200; step++)
        {
            int[] active = [random.Next(3), random.Next(3), random.Next(3), random.Next(3)];
            one.Mix(active);
            other.Mix([.. Enumerable.Reverse(active)]);
            one.Pass(0.1);
            other.Pass(0.1);
        }

        for (int model = 0; model < 4; model++)
            Assert.Equal(one.Learned(model)!.Power.Watts, other.Learned(3 - model)!.Power.Watts, 0.02);
        Assert.Equal(one.Learned(1)!.Power.Watts, one.Learned(2)!.Power.Watts, 0.3);
        // A model that draws nothing ends at the lower bound, 2 % of the mean.
        Assert.InRange(one.Learned(3)!.Power.Watts, 0, 0.4);
    }

    [Fact]
    public void Provisional_AgreesWithTheFinalBills_HoweverManyDevices()
    {
        double[] ratios = [.. new[] { 1, 4 }.Select(devices =>
        {
            using LearningRig rig = new(
                new GreenAIMeteringOptions(), ["a", "b"], [.. Enumerable.Repeat(10.0, devices)],
                [.. Enumerable.Range(0, devices).Select(i => Device($"kappa{devices}:{i}"))])
            {
                Truth = [.. Enumerable.Repeat(new[] { 5.0, 20.0 }, devices)],
            };
            rig.RunAtRandom(new Random(5), 600, 0.1);
            // Something no watts can say: everything costs half as much again, for too short a time to be learned anew.
            rig.Truth = [.. Enumerable.Repeat(new[] { 7.5, 30.0 }, devices)];
            rig.RunAtRandom(new Random(6), 10, 0.1);
            rig.Mix(0, 0);
            rig.Pass(0.1);
            InferenceScope scope = rig.Rig.Meter.Begin("a");
            rig.Rig.Time.Advance(TimeSpan.FromSeconds(1));
            return scope.Complete().Marginal!.Value.Joules / devices;
        })];
        Assert.Equal(ratios[0], ratios[1], ratios[0] * 0.01);
    }

    [Fact]
    public void Provisional_AddsUpToTheFinals()
    {
        using LearningRig rig = Cpu(new GreenAIMeteringOptions());
        rig.RunAtRandom(new Random(5), 600, 0.1);
        rig.Mix(0, 0, 0);
        rig.Rig.Settle();
        double before = rig.Rig.Meter.GetTotals().Models.Sum(model => model.Energy.Joules), provisional = 0;
        Random random = new(9);
        for (int step = 0; step < 100; step++)
        {
            int[] chosen = [.. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0)];
            InferenceScope[] scopes = [.. chosen.Select(model => rig.Rig.Meter.Begin(_three[model]))];
            rig.Rig.Run(0.1, 10 + chosen.Sum(model => _threeWatts[model]));
            provisional += scopes.Sum(scope => scope.Complete().Marginal!.Value.Joules);
            rig.Rig.Meter.Engine.Tick();
        }

        double final = rig.Rig.Settle().Models.Sum(model => model.Energy.Joules) - before;
        Assert.Equal(final, provisional, final * 0.05);
    }

    [Fact]
    public void FinalFootprint_OfMixedModels_SaysHowFarItMayBeOff_AndTellsLessOfAMixItCannotTellApart()
    {
        using LearningRig told = Cpu(new GreenAIMeteringOptions());
        told.RunAtRandom(new Random(5), 1200, 0.1);
        using LearningRig untold = Cpu(new GreenAIMeteringOptions());
        for (int step = 0; step < 1200; step++)
        {
            untold.Mix(step % 2, step % 2, step % 2);
            untold.Pass(0.1);
        }

        RelativeUncertainty sure = Last(told), unsure = Last(untold);
        Assert.InRange(sure.Below, 0.05, 0.4);
        Assert.InRange(unsure.Below, 0.5, 1);
        // A third of the whole can be off by two thirds of it, no more.
        Assert.InRange(unsure.Above, 0.5, 2.1);

        static RelativeUncertainty Last(LearningRig rig)
        {
            rig.Mix(0, 0, 0);
            rig.Pass(0.1);
            rig.Mix(1, 1, 1);
            rig.Pass(0.1);
            rig.Mix(0, 0, 0);
            rig.Rig.Settle();
            return rig.Rig.Finish().Last(final => final.Model.Name == "heavy").Uncertainty!.Value;
        }
    }

    private static PowerDevice Device(string id) => FakePowerSource.Cpu(id, idle: Power.FromWatts(10));

    private static LearningRig Cpu(GreenAIMeteringOptions options) =>
        new(options, _three, [10], Device($"learned:{Guid.NewGuid():N}")) { Truth = [_threeWatts] };
}
