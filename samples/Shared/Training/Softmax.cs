using System.Numerics.Tensors;

namespace GreenAI.Metering.Samples;

/// <summary>Scores to probabilities.</summary>
internal static class Softmax
{
    public static void Apply(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        // Less the largest score, no exponential can overflow.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), probabilities);
        TensorPrimitives.SoftMax<float>(probabilities, probabilities);
    }
}
