using CsCheck;

namespace GreenAI.Metering.Tests;

public class RegressionTestTests
{
    // 20 against 30 with unequal spread; by hand: se² = 4/20 + 1/30, t = 1.5/0.48305, v = 25.40.
    [Fact]
    public void Compare_Example_IsWelchsTest()
    {
        var baseline = new KpiBaseline { Mean = 10, StandardDeviation = 1, Samples = 30, MinSamples = 20, Confidence = 0.95 };
        RegressionResult result = RegressionTest.Compare(11.5, 2, 20, baseline);
        double variance = (4.0 / 20) + (1.0 / 30);
        double freedom = variance * variance / ((0.04 / 19) + (1.0 / 900 / 29));
        Assert.Equal(25.40, freedom, 0.01);
        Assert.Equal(StudentT.Below(1.5 / Math.Sqrt(variance), freedom), result.Sureness, 1e-12);
        Assert.InRange(result.Sureness, 0.9975, 0.9985);
        Assert.Equal(RegressionOutcome.Regressed, result.Outcome);
    }

    [Theory]
    [InlineData(199, 20.0, nameof(RegressionOutcome.Inconclusive), "inconclusive: 199 of the 200 inferences that are needed")]
    [InlineData(200, 20.0, nameof(RegressionOutcome.Regressed), "regressed at 95 % confidence: 20 J per inference of 200, baseline 10 J and at most 10.5 J accepted")]
    [InlineData(200, 10.49, nameof(RegressionOutcome.Inconclusive), "inconclusive at 95 % confidence: 10.49 J per inference of 200, baseline 10 J and at most 10.5 J accepted")]
    [InlineData(200, 10.1, nameof(RegressionOutcome.NotWorse), "not worse at 95 % confidence: 10.1 J per inference of 200, baseline 10 J and at most 10.5 J accepted")]
    [InlineData(200, 9.0, nameof(RegressionOutcome.Better), "better than the baseline at 95 % confidence: 9 J per inference of 200, baseline 10 J and at most 10.5 J accepted")]
    public void Compare_MeanAndSamples_HasAnOutcomeAndSaysWhy(long samples, double mean, string outcome, string why) => Check(mean, 1, samples, outcome, why);

    [Theory]
    [InlineData(10.5, nameof(RegressionOutcome.Inconclusive))]
    [InlineData(10.500001, nameof(RegressionOutcome.Regressed))]
    [InlineData(10.4, nameof(RegressionOutcome.NotWorse))]
    [InlineData(9.9, nameof(RegressionOutcome.Better))]
    public void Compare_FiguresWithoutSpread_AreComparedAsTheyAre(double mean, string outcome)
    {
        var baseline = new KpiBaseline { Mean = 10, MaxIncrease = 0.05 };
        Assert.Equal(outcome, RegressionTest.Compare(mean, 0, 200, baseline).Outcome.ToString());
    }

    [Fact]
    public void Compare_NoNumber_IsInconclusive() =>
        Assert.Equal(RegressionOutcome.Inconclusive, RegressionTest.Compare(double.NaN, 1, 1000, new KpiBaseline { Mean = 10 }).Outcome);

    // 4,000 pairs of equal data, lognormal as energies are: false alarms are binomial about 1 - confidence; four standard deviations and a little for the skew.
    [Theory]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Compare_EqualData_RaisesFalseAlarmsAsOftenAsStated(double confidence)
    {
        const int pairs = 4000;
        int alarms = Alarms(pairs, confidence, factor: 1, seed: 7);
        double expected = pairs * (1 - confidence), spread = Math.Sqrt(expected * confidence);
        Assert.InRange(alarms, expected - (4 * spread) - (0.15 * expected), expected + (4 * spread) + (0.15 * expected));
    }

    [Fact]
    public void Compare_TenPercentMore_IsFoundNearlyAlways() => Assert.InRange(Alarms(1000, 0.95, factor: 1.1, seed: 11), 980, 1000);

    [Fact]
    public void Compare_AnyFigures_GivesASurenessThatGrowsWithTheMean()
    {
        Gen.Select(Gen.Double[0.001, 1e6], Gen.Double[0, 3], Gen.Double[0, 2], Gen.Double[0, 2], Gen.Long[2, 100_000], Gen.Long[0, 100_000]).Sample(
            static (mean, factor, ours, theirs, samples, before) =>
            {
                var baseline = new KpiBaseline { Mean = mean, StandardDeviation = theirs * mean, Samples = before, MinSamples = 2, MaxIncrease = 0.05 };
                RegressionResult low = RegressionTest.Compare(mean * factor, ours * mean, samples, baseline);
                RegressionResult high = RegressionTest.Compare(mean * (factor + 0.1), ours * mean, samples, baseline);
                Assert.InRange(low.Sureness, 0, 1);
                Assert.True(high.Sureness >= low.Sureness - 1e-9);
                Assert.Equal(low.Outcome == RegressionOutcome.Regressed, low.Sureness >= 0.95);
            },
            iter: 2000);
    }

    private static void Check(double mean, double deviation, long samples, string outcome, string why)
    {
        var baseline = new KpiBaseline { Mean = 10, StandardDeviation = 1, Samples = 1000, MaxIncrease = 0.05 };
        RegressionResult result = RegressionTest.Compare(mean, deviation, samples, baseline);
        Assert.Equal((outcome, why), (result.Outcome.ToString(), result.Explain()));
    }

    private static int Alarms(int pairs, double confidence, double factor, int seed)
    {
        var random = new Random(seed);
        int alarms = 0;
        for (int pair = 0; pair < pairs; pair++)
        {
            RunningMoments before = Draw(random, 1), now = Draw(random, factor);
            var baseline = new KpiBaseline { Mean = before.Mean, StandardDeviation = before.StandardDeviation, Samples = before.Count, Confidence = confidence };
            if (RegressionTest.Compare(now, baseline).Outcome == RegressionOutcome.Regressed) alarms++;
        }

        return alarms;
    }

    private static RunningMoments Draw(Random random, double factor)
    {
        RunningMoments moments = default;
        for (int i = 0; i < 300; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            moments.Add(factor * Math.Exp(0.25 * normal));
        }

        return moments;
    }
}
