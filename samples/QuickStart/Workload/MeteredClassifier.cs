namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A classifier whose every call is one inference in the books: this is all that an application has to write.</summary>
internal sealed class MeteredClassifier(EnergyMeter meter, ModelHandle model, OnnxClassifier classifier, InferenceTally tally) : IDisposable
{
    public void Classify(ReadOnlySpan<float> rows, Span<int> digits) => Classify(rows, digits, default);

    /// <summary>Runs what was admitted: what is reserved for it is settled with what it costs.</summary>
    public void Classify(ReadOnlySpan<float> rows, Span<int> digits, in Admission admission)
    {
        using InferenceScope scope = meter.Begin(model, admission);
        classifier.Classify(rows, digits);
        scope.Complete(units: digits.Length);
        tally.Add(digits.Length);
    }

    public void Dispose() => classifier.Dispose();
}
