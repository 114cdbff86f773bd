using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace GreenAI.Metering.Samples;

/// <summary>Tells digits with ONNX Runtime, up to a batch of rows in one call.</summary>
/// <remarks>
/// The session may be shared by any number of classifiers; a classifier has buffers, so each thread takes its own.
/// </remarks>
internal sealed class OnnxClassifier : IDisposable
{
    private readonly InferenceSession _session;
    private readonly float[] _pixels;
    private readonly float[] _probabilities;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();

    public OnnxClassifier(InferenceSession session, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        Batch = batch;
        _session = session;
        _pixels = new float[batch * DigitSet.PixelsPerRow];
        _probabilities = new float[batch * DigitSet.Classes];

        // Bound once and pinned for the classifier's life: a call copies nothing but the rows.
        _input = OrtValue.CreateTensorValueFromMemory(_pixels, [batch, DigitSet.PixelsPerRow]);
        _output = OrtValue.CreateTensorValueFromMemory(_probabilities, [batch, DigitSet.Classes]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(OnnxModel.InputName, _input);
        _binding.BindOutput(OnnxModel.OutputName, _output);
    }

    /// <summary>The most rows that one call takes.</summary>
    public int Batch { get; }

    /// <summary>The probabilities of the last call, ten a row.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>
    /// A session that computes on the thread that calls it: the work of an inference is then the work of its thread.
    /// </summary>
    public static InferenceSession Open(byte[] model)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(model, options);
    }

    /// <summary>
    /// Writes the digit that each row shows. Rows of the batch that are not given are computed and thrown away.
    /// </summary>
    public void Classify(ReadOnlySpan<float> rows, Span<int> digits)
    {
        rows.CopyTo(_pixels);
        _session.RunWithBinding(_runOptions, _binding);
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = TensorPrimitives.IndexOfMax(_probabilities.AsSpan(i * DigitSet.Classes, DigitSet.Classes));
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _runOptions.Dispose();
    }
}
