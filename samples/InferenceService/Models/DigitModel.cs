using Microsoft.ML.OnnxRuntime;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>A model that tells digits; any number of threads may ask it at once.</summary>
internal sealed class DigitModel(string name, InferenceSession session) : IDisposable
{
    public string Name => name;

    /// <summary>Tells the digits of some pictures, on the thread that asks.</summary>
    public DigitPrediction[] Classify(PictureBatch pictures)
    {
        int[] digits = new int[pictures.Count];
        using OnnxClassifier classifier = new(session, pictures.Count);
        classifier.Classify(pictures.Pixels, digits);
        DigitPrediction[] predictions = new DigitPrediction[digits.Length];
        for (int i = 0; i < digits.Length; i++)
        {
            float probability = classifier.Probabilities[(i * DigitSet.Classes) + digits[i]];
            predictions[i] = new DigitPrediction(digits[i], float.Round(probability, 4));
        }

        return predictions;
    }

    public void Dispose() => session.Dispose();
}
