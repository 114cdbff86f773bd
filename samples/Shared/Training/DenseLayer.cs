using System.Numerics.Tensors;

namespace GreenAI.Metering.Samples;

/// <summary>
/// One fully connected layer, with ReLU behind it or not. Weights lie [output, input], as ONNX's Gemm with transB
/// wants them.
/// </summary>
internal sealed class DenseLayer
{
    /// <summary>A layer of zeros.</summary>
    public DenseLayer(int inputs, int outputs, bool relu)
    {
        Inputs = inputs;
        Outputs = outputs;
        Relu = relu;
        Biases = new float[outputs];
        Weights = new float[inputs * outputs];
    }

    /// <summary>A layer to be trained.</summary>
    public DenseLayer(int inputs, int outputs, bool relu, Random random)
        : this(inputs, outputs, relu)
    {
        // He initialisation: the variance 2/n keeps signals alive through ReLU. Twelve uniforms less six are near enough
        // to normal.
        float scale = MathF.Sqrt(2f / inputs);
        for (int i = 0; i < Weights.Length; i++)
        {
            float sum = -6;
            for (int k = 0; k < 12; k++) sum += random.NextSingle();
            Weights[i] = scale * sum;
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public bool Relu { get; }

    public float[] Weights { get; }

    public float[] Biases { get; }

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int o = 0; o < Outputs; o++) output[o] = TensorPrimitives.Dot(WeightsOf(o), input) + Biases[o];
        if (Relu) TensorPrimitives.Max(output, 0f, output);
    }

    /// <summary>
    /// One step down the gradient; also hands it on to the layer before, unless <paramref name="inputGradient"/> is
    /// empty.
    /// </summary>
    public void Learn(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, float rate)
    {
        inputGradient.Clear();
        for (int o = 0; o < Outputs; o++)
        {
            float gradient = outputGradient[o];

            // About half of the units behind a ReLU are off for a given row: nothing flows through them.
            if (gradient == 0) continue;
            Span<float> weights = WeightsOf(o);
            if (!inputGradient.IsEmpty) TensorPrimitives.MultiplyAdd(weights, gradient, inputGradient, inputGradient);
            TensorPrimitives.MultiplyAdd(input, -rate * gradient, weights, weights);
            Biases[o] -= rate * gradient;
        }
    }

    private Span<float> WeightsOf(int output) => Weights.AsSpan(output * Inputs, Inputs);
}
