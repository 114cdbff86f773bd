namespace GreenAI.Metering.Samples;

/// <summary>
/// All that decides what training gives: the layers' sizes, the passes over the data, the first step size and the
/// seed.
/// </summary>
internal sealed record TrainingPlan(string Name, IReadOnlyList<int> Sizes, int Epochs, float LearningRate, int Seed)
{
    /// <summary>Softmax regression: 650 numbers.</summary>
    public static TrainingPlan Linear { get; } = new("digits-linear", [DigitSet.PixelsPerRow, DigitSet.Classes], 30, 0.05f, 1);

    /// <summary>A wide perceptron: 167,178 numbers, some 260 times the arithmetic of the linear model.</summary>
    public static TrainingPlan Perceptron { get; } =
        new("digits-mlp", [DigitSet.PixelsPerRow, 512, 256, DigitSet.Classes], 12, 0.03f, 2);

    public static IReadOnlyList<TrainingPlan> All { get; } = [Linear, Perceptron];
}
