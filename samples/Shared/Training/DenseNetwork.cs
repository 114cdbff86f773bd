using System.Numerics.Tensors;

namespace GreenAI.Metering.Samples;

/// <summary>
/// Fully connected layers with a softmax at the end. A single layer is softmax regression, a linear model; several are a
/// multi-layer perceptron.
/// </summary>
internal sealed class DenseNetwork
{
    public DenseNetwork(ReadOnlySpan<int> sizes, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizes.Length, 2);
        Random random = new(seed);
        DenseLayer[] layers = new DenseLayer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = new DenseLayer(sizes[i], sizes[i + 1], relu: i < layers.Length - 1, random);
        }

        Layers = layers;
    }

    public DenseNetwork(IReadOnlyList<DenseLayer> layers) => Layers = layers;

    public IReadOnlyList<DenseLayer> Layers { get; }

    public int Outputs => Layers[^1].Outputs;

    /// <summary>The probability of each class for one row.</summary>
    public float[] Probabilities(ReadOnlySpan<float> row)
    {
        float[] signal = row.ToArray();
        foreach (DenseLayer layer in Layers)
        {
            float[] next = new float[layer.Outputs];
            layer.Forward(signal, next);
            signal = next;
        }

        Softmax.Apply(signal, signal);
        return signal;
    }

    /// <summary>The most probable class of each row.</summary>
    public int[] Predict(DigitSet digits)
    {
        int[] predicted = new int[digits.Count];
        for (int i = 0; i < predicted.Length; i++)
        {
            predicted[i] = TensorPrimitives.IndexOfMax<float>(Probabilities(digits.Row(i)));
        }

        return predicted;
    }
}
