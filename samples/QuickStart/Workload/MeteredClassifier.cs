namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A classifier whose every call is one inference in the books: this is all that an application has to write.</summary>
internal sealed class MeteredClassifier(EnergyMeter meter, ModelHandle model, OnnxClassifier classifier, InferenceTally tally) : IDisposable
{
    public void Classify(ReadOnlySpan<float> rows, Span<int> digits)
    {
        using InferenceScope scope = meter.Begin(model);
        classifier.Classify(rows, digits);
        scope.Complete(units: digits.Length);
        tally.Add(digits.Length);
    }

    public void Dispose() => classifier.Dispose();
}
