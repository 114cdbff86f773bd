namespace GreenAI.Metering.Samples;

/// <summary>
/// Plain stochastic gradient descent on cross-entropy, one row at a time. On one machine the same plan gives the same
/// weights to the bit; other vector widths add in another order, so other machines may differ in the last digits.
/// </summary>
internal sealed class Trainer
{
    private readonly DenseNetwork _network;
    private readonly float[][] _signals;
    private readonly float[][] _gradients;

    private Trainer(DenseNetwork network)
    {
        _network = network;
        _signals = [new float[network.Layers[0].Inputs], .. network.Layers.Select(layer => new float[layer.Outputs])];
        _gradients = [[], .. network.Layers.Select(layer => new float[layer.Outputs])];
    }

    public static DenseNetwork Train(TrainingPlan plan, DigitSet digits)
    {
        DenseNetwork network = new([.. plan.Sizes], plan.Seed);
        Trainer trainer = new(network);
        Random random = new(plan.Seed);
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        long steps = (long)plan.Epochs * digits.Count;
        long step = 0;
        for (int epoch = 0; epoch < plan.Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int row in order)
            {
                // Falling to zero lets the noise of single rows die out at the end.
                float rate = plan.LearningRate * (1 - (step++ / (float)steps));
                trainer.Step(digits.Row(row), digits.Labels[row], rate);
            }
        }

        return network;
    }

    private void Step(ReadOnlySpan<float> row, int label, float rate)
    {
        row.CopyTo(_signals[0]);
        for (int i = 0; i < _network.Layers.Count; i++) _network.Layers[i].Forward(_signals[i], _signals[i + 1]);

        // The gradient of cross-entropy behind a softmax is the probabilities less one at the right class.
        Softmax.Apply(_signals[^1], _gradients[^1]);
        _gradients[^1][label] -= 1;
        for (int i = _network.Layers.Count - 1; i >= 0; i--)
        {
            if (_network.Layers[i].Relu) CloseUnitsThatAreOff(_signals[i + 1], _gradients[i + 1]);
            _network.Layers[i].Learn(_signals[i], _gradients[i + 1], _gradients[i], rate);
        }
    }

    private static void CloseUnitsThatAreOff(ReadOnlySpan<float> signals, Span<float> gradients)
    {
        for (int i = 0; i < signals.Length; i++)
        {
            if (signals[i] <= 0) gradients[i] = 0;
        }
    }
}
