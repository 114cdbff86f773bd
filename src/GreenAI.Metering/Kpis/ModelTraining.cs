namespace GreenAI.Metering;

/// <summary>How a model was made, and how good it is: what indicators need and no counter tells.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ModelTraining
{
    /// <summary>Energy of the training, and over how many inferences it is spread.</summary>
    /// <value>Not reported, which is not none: <see cref="TrainingEnergy.None"/> says that there is none to count.</value>
    public TrainingEnergy Energy { get; init; }

    /// <summary>Accuracy, or another measure of performance, from 0 to 1.</summary>
    /// <value>Null: not reported.</value>
    public double? Accuracy { get; init; }

    /// <summary>What the accuracy was measured on and by: <c>digits, accuracy</c>. Scores of different tasks do not compare.</summary>
    /// <value>Null: not stated.</value>
    public string? TaskAndMetric { get; init; }

    /// <summary>Bytes of training data; 0 for not reported.</summary>
    public long DataBytes { get; init; }
}
