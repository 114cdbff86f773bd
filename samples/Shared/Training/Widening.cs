namespace GreenAI.Metering.Samples;

/// <summary>Makes a network wider without changing what it answers (Net2WiderNet of Chen, Goodfellow and Shlens, 2016).</summary>
internal static class Widening
{
    /// <summary>Repeats each hidden unit so many times; what a unit hands on is divided among its copies.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="copies">How often each hidden unit shall be there; the arithmetic between hidden layers grows with the square.</param>
    /// <returns>A network with the same answers, but for rounding.</returns>
    public static DenseNetwork Widen(DenseNetwork network, int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        int last = network.Layers.Count - 1;
        return new DenseNetwork([.. network.Layers.Select((layer, i) => Widen(layer, i == 0 ? 1 : copies, i == last ? 1 : copies))]);
    }

    private static DenseLayer Widen(DenseLayer layer, int inputCopies, int outputCopies)
    {
        DenseLayer wide = new(layer.Inputs * inputCopies, layer.Outputs * outputCopies, layer.Relu);
        for (int o = 0; o < wide.Outputs; o++)
        {
            wide.Biases[o] = layer.Biases[o % layer.Outputs];
            for (int i = 0; i < wide.Inputs; i++)
            {
                float weight = layer.Weights[((o % layer.Outputs) * layer.Inputs) + (i % layer.Inputs)];
                wide.Weights[(o * wide.Inputs) + i] = weight / inputCopies;
            }
        }

        return wide;
    }
}
