namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What a model answered.</summary>
/// <param name="Model">The model that ran.</param>
/// <param name="Degraded">Whether it ran instead of the one that was asked for.</param>
/// <param name="Predictions">One for each picture, in their order.</param>
internal sealed record PredictResponse(string Model, bool Degraded, IReadOnlyList<DigitPrediction> Predictions);
