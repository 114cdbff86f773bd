namespace GreenAI.Metering.Samples.QuickStart.Tests;

/// <summary>Both models, trained once for all tests.</summary>
public sealed class TrainedModels
{
    public TrainedModels()
    {
        (DigitSet train, DigitSet test) = DigitsCsv.LoadEmbedded().Split(1400, 3);
        Train = train;
        Test = test;
        Linear = Trainer.Train(TrainingPlan.Linear, train);
        Perceptron = Trainer.Train(TrainingPlan.Perceptron, train);
    }

    internal DigitSet Train { get; }

    internal DigitSet Test { get; }

    internal DenseNetwork Linear { get; }

    internal DenseNetwork Perceptron { get; }
}
