using Microsoft.ML.OnnxRuntime;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class ModelTests(TrainedModels models) : IClassFixture<TrainedModels>
{
    [Fact]
    public void Accuracy_OnUnseenRows_HoldsTheFloors()
    {
        Assert.InRange(AccuracyOf(models.Linear), 0.94, 1);
        Assert.InRange(AccuracyOf(models.Perceptron), 0.97, 1);
    }

    [Fact]
    public void Train_SamePlan_GivesTheSameWeights()
    {
        TrainingPlan brief = TrainingPlan.Perceptron with { Epochs = 1 };

        Assert.Equal(WeightsOf(Trainer.Train(brief, models.Train)), WeightsOf(Trainer.Train(brief, models.Train)));
        Assert.Equal(WeightsOf(models.Linear), WeightsOf(Trainer.Train(TrainingPlan.Linear, models.Train)));
    }

    [Fact]
    public void Train_OtherSeed_GivesOtherWeights()
    {
        TrainingPlan plan = TrainingPlan.Linear with { Epochs = 1 };

        Assert.NotEqual(
            WeightsOf(Trainer.Train(plan, models.Train)),
            WeightsOf(Trainer.Train(plan with { Seed = plan.Seed + 1 }, models.Train)));
    }

    [Fact]
    public void OnnxRuntime_BothModels_GiveTheProbabilitiesOfTheNetwork()
    {
        AssertSameProbabilities(models.Linear);
        AssertSameProbabilities(models.Perceptron);
    }

    [Fact]
    public void ExportedModel_OnUnseenRows_AgreesWithTheNetwork()
    {
        using ExportedModel exported = new("digits-mlp", models.Perceptron, models.Test);

        Assert.Equal(0, exported.Disagreements);
        Assert.Equal(AccuracyOf(models.Perceptron), exported.Accuracy);
    }

    [Fact]
    public void Classify_MoreRowsThanTheBatch_IsRefused()
    {
        using InferenceSession session = OnnxClassifier.Open(OnnxModel.Write(models.Linear, "digits-linear"));
        using OnnxClassifier classifier = new(session, batch: 4);

        Assert.Throws<ArgumentException>(() => classifier.Classify(models.Test.Rows(0, 5), new int[5]));
    }

    [Fact]
    public void Widen_EachHiddenUnitThrice_AnswersTheSameWithMoreArithmetic()
    {
        DenseNetwork wide = Widening.Widen(models.Perceptron, 3);

        Assert.Equal([64, 1536, 768], wide.Layers.Select(layer => layer.Inputs));
        Assert.Equal([1536, 768, 10], wide.Layers.Select(layer => layer.Outputs));
        for (int row = 0; row < 20; row++)
        {
            float[] expected = models.Perceptron.Probabilities(models.Test.Row(row));
            float[] actual = wide.Probabilities(models.Test.Row(row));
            for (int digit = 0; digit < DigitSet.Classes; digit++) Assert.Equal(expected[digit], actual[digit], 1e-4f);
        }
    }

    private void AssertSameProbabilities(DenseNetwork network)
    {
        using InferenceSession session = OnnxClassifier.Open(OnnxModel.Write(network, "digits"));
        using OnnxClassifier classifier = new(session, models.Test.Count);
        classifier.Classify(models.Test.Rows(0, models.Test.Count), new int[models.Test.Count]);
        for (int row = 0; row < models.Test.Count; row++)
        {
            float[] expected = network.Probabilities(models.Test.Row(row));
            ReadOnlySpan<float> actual = classifier.Probabilities.Slice(row * DigitSet.Classes, DigitSet.Classes);
            for (int digit = 0; digit < DigitSet.Classes; digit++) Assert.Equal(expected[digit], actual[digit], 1e-4f);
        }
    }

    private double AccuracyOf(DenseNetwork network) => Accuracy.Of(network.Predict(models.Test), models.Test.Labels);

    private static float[] WeightsOf(DenseNetwork network) =>
        [.. network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))];
}
