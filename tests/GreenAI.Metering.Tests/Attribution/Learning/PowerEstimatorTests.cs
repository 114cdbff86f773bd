namespace GreenAI.Metering.Tests;

/// <summary>The estimator alone, on rows whose truth is known.</summary>
public sealed class PowerEstimatorTests
{
    private readonly Random _random = new(7);
    private double _joules;
    private double _active;
    private double _weighted;

    [Fact]
    public void ThreeModels_MixedAtRandom_AreToldApart_WithinTheirStatedError()
    {
        double[] truth = [5, 20, 1];
        PowerEstimator estimator = Learn(truth, rows: 600, noise: 0.5);
        for (int model = 0; model < truth.Length; model++)
        {
            Assert.True(estimator.TryGet(model, out LearnedPower learned));
            Assert.True(learned.IsIdentified);
            Assert.Equal(truth[model], learned.Watts, 0.2 + (0.02 * truth[model]));
            Assert.InRange(Math.Abs(learned.Watts - truth[model]), 0, 4 * learned.StandardError);
        }
    }

    [Fact]
    public void WakeUpPower_IsNoModels()
    {
        PowerEstimator estimator = Learn([5, 20], rows: 600, noise: 0.1, wakeUp: 15);
        Assert.True(estimator.TryGet(0, out LearnedPower light));
        Assert.True(estimator.TryGet(1, out LearnedPower heavy));
        Assert.Equal(5, light.Watts, 1.0);
        Assert.Equal(20, heavy.Watts, 1.0);
        Assert.Equal(15, estimator.Weights.WakeUp, 1.5);
    }

    [Fact]
    public void ConstantMix_StaysAtThePrior_AndSaysThatItKnowsNothing()
    {
        PowerEstimator estimator = new(8, TimeSpan.FromMilliseconds(1));
        for (int row = 0; row < 600; row++) Row(estimator, [1, 1], 5 + 20, busy: 1);
        for (int model = 0; model < 2; model++)
        {
            Assert.True(estimator.TryGet(model, out LearnedPower learned));
            Assert.Equal(12.5, learned.Watts, 1.0);
            Assert.False(learned.IsIdentified);
            Assert.True(estimator.Weights.Doubt[model] > 0.5);
        }
    }

    [Fact]
    public void ConstantMix_WithDeclaredWeights_StaysAtThem()
    {
        PowerEstimator estimator = new(8, TimeSpan.FromMilliseconds(1));
        estimator.Declare(0, 1, uses: true);
        estimator.Declare(1, 4, uses: true);
        for (int row = 0; row < 600; row++) Row(estimator, [1, 1], 25, busy: 1);
        Assert.True(estimator.TryGet(0, out LearnedPower light));
        Assert.True(estimator.TryGet(1, out LearnedPower heavy));
        Assert.Equal(4, heavy.Watts / light.Watts, 0.5);
    }

    [Fact]
    public void ModelDeclaredNotToUseTheDevice_WeighsExactlyNothing()
    {
        PowerEstimator estimator = new(8, TimeSpan.FromMilliseconds(1));
        estimator.Declare(1, 1, uses: false);
        for (int row = 0; row < 100; row++)
        {
            double[] mix = Mix(2);
            Row(estimator, mix, 5 * mix[0], busy: 1);
        }

        Assert.Equal(0, estimator.Weights.Watts[1]);
        Assert.False(estimator.TryGet(1, out _));
        Assert.Equal(5, estimator.Weights.Watts[0], 0.5);
    }

    [Fact]
    public void ModelThatChanges_IsLearnedAnew()
    {
        PowerEstimator estimator = Learn([5, 20], rows: 1200, noise: 0.3);
        for (int row = 0; row < 300; row++)
        {
            double[] mix = Mix(2);
            Row(estimator, mix, (15 * mix[0]) + (20 * mix[1]), busy: 1);
        }

        Assert.True(estimator.TryGet(0, out LearnedPower changed));
        Assert.Equal(15, changed.Watts, 1.0);
    }

    [Fact]
    public void TwoHundredFiftySixModels_AreLearned_AndTheirErrorsKnown()
    {
        double[] truth = [.. Enumerable.Range(0, 256).Select(model => 1.0 + (model % 16))];
        PowerEstimator estimator = Learn(truth, rows: 4000, noise: 0.5, models: 256, density: 0.1);
        int identified = 0;
        for (int model = 0; model < truth.Length; model++)
        {
            Assert.True(estimator.TryGet(model, out LearnedPower learned));
            Assert.InRange(Math.Abs(learned.Watts - truth[model]), 0, 6 * learned.StandardError);
            if (learned.IsIdentified) identified++;
        }

        Assert.True(identified > 200, $"{identified} of 256");
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        PowerEstimator estimator = Learn([5, 20, 1], rows: 100, noise: 0.5);
        double[] mix = [1, 0.5, 2];
        AllocationAssert.Zero(() => Row(estimator, mix, 18, busy: 1));
    }

    [Fact]
    public void ModelsBeyondTheLastColumn_KeepThePrior_AndLendTheOthersNoWatts()
    {
        // 300 models alike: 257 have columns.
        double[] truth = [.. Enumerable.Repeat(4.0, 300)];
        PowerEstimator estimator = Learn(truth, rows: 3000, noise: 0.1, models: 300, density: 0.1);
        Assert.Equal(4, Enumerable.Range(0, 300).Average(model => estimator.Weights.Watts[model]), 0.1);
        int identified = 0;
        for (int model = 0; model < 300; model++)
        {
            if (!estimator.TryGet(model, out LearnedPower learned)) continue;
            Assert.Equal(4, learned.Watts, 0.6);
            if (learned.IsIdentified) identified++;
        }

        Assert.InRange(identified, 200, 257);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    public void ManyInferencesOfAMixThatNeverChanges_LeaveFiniteErrors(double concurrency)
    {
        PowerEstimator estimator = new(8, TimeSpan.FromMilliseconds(1));
        for (int row = 0; row < 1000; row++)
        {
            Row(estimator, [concurrency, concurrency / 3, concurrency * Math.PI], 200, busy: 1);
            Assert.All(estimator.Weights.Doubt, doubt => Assert.True(double.IsFinite(doubt) && doubt < 1e6, $"{doubt}"));
        }

        for (int model = 0; model < 3; model++)
        {
            Assert.True(estimator.TryGet(model, out LearnedPower learned));
            Assert.True(double.IsFinite(learned.StandardError));
            Assert.InRange(learned.Resolution, 0, 1);
            Assert.InRange(learned.StandardError, 0, 200 / concurrency);
        }
    }

    [Fact]
    public void TenHours_AreLearnedAsWellAsAMinute()
    {
        PowerEstimator estimator = Learn([5, 20, 1], rows: 360_000, noise: 0.5);
        double[] truth = [5, 20, 1];
        for (int model = 0; model < 3; model++)
        {
            Assert.True(estimator.TryGet(model, out LearnedPower learned));
            Assert.True(learned.IsIdentified);
            Assert.InRange(Math.Abs(learned.Watts - truth[model]), 0, 5 * learned.StandardError);
            Assert.InRange(learned.StandardError, 0.001, 0.2);
        }
    }

    private PowerEstimator Learn(double[] truth, int rows, double noise, double wakeUp = 0, int models = 8, double density = 1)
    {
        PowerEstimator estimator = new(models, TimeSpan.FromMilliseconds(1));
        for (int row = 0; row < rows; row++)
        {
            double[] mix = Mix(truth.Length, density);
            double busy = 0.3 + (0.7 * _random.NextDouble());
            double gauss = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            Row(estimator, mix, mix.Zip(truth, (x, watts) => x * watts).Sum() + (wakeUp * busy) + (noise * gauss), busy);
        }

        return estimator;
    }

    private double[] Mix(int models, double density = 1) =>
        [.. Enumerable.Range(0, models).Select(_ => _random.NextDouble() < density ? 2 * _random.NextDouble() : 0)];

    private void Row(PowerEstimator estimator, double[] concurrency, double watts, double busy)
    {
        estimator.AddInterval(watts * 0.1, 0.1, busy * 0.1);
        for (int model = 0; model < concurrency.Length; model++)
        {
            if (concurrency[model] <= 0 || !estimator.Weights.Uses[model]) continue;
            _active += concurrency[model] * 0.1;
            _weighted += estimator.AddActive(model, concurrency[model] * 0.1);
        }

        _joules += watts * 0.1;
        estimator.EndInterval(estimator.Weights.Watts.Length, _joules / _weighted, _joules / _active);
        if (estimator.IsDue) estimator.Solve();
        estimator.Judge();
    }
}
