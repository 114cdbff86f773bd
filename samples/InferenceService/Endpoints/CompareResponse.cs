namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What the models answered.</summary>
/// <param name="Answers">One for each model that the policy let run.</param>
/// <param name="Agreed">Pictures on which all of them agree.</param>
internal sealed record CompareResponse(IReadOnlyList<PredictResponse> Answers, int Agreed);
