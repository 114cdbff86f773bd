using Microsoft.ML.OnnxRuntime;

namespace GreenAI.Metering.Samples;

/// <summary>
/// A trained network, written as ONNX, opened in ONNX Runtime and compared with itself on rows it has not seen.
/// </summary>
internal sealed class ExportedModel : IDisposable
{
    private const int CheckBatch = 64;

    public ExportedModel(string name, DenseNetwork network, DigitSet test)
    {
        Name = name;
        byte[] onnx = OnnxModel.Write(network, name);
        OnnxBytes = onnx.Length;
        Session = OnnxClassifier.Open(onnx);
        int[] expected = network.Predict(test);
        int[] actual = Classify(test);
        Accuracy = Samples.Accuracy.Of(actual, test.Labels);
        Disagreements = actual.Zip(expected).Count(pair => pair.First != pair.Second);
    }

    public string Name { get; }

    public InferenceSession Session { get; }

    public int OnnxBytes { get; }

    /// <summary>Of ONNX Runtime's answers on the test rows, from 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>Test rows on which ONNX Runtime and the network in C# differ; anything but 0 is a wrong export.</summary>
    public int Disagreements { get; }

    public void Dispose() => Session.Dispose();

    private int[] Classify(DigitSet rows)
    {
        using OnnxClassifier classifier = new(Session, CheckBatch);
        int[] digits = new int[rows.Count];
        for (int first = 0; first < rows.Count; first += CheckBatch)
        {
            int count = Math.Min(CheckBatch, rows.Count - first);
            classifier.Classify(rows.Rows(first, count), digits.AsSpan(first, count));
        }

        return digits;
    }
}
