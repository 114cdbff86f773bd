namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What a model saw in a picture.</summary>
internal readonly record struct DigitPrediction(int Digit, float Probability);
