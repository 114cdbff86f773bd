namespace GreenAI.Metering.Samples;

/// <summary>How often a model is right.</summary>
internal static class Accuracy
{
    /// <summary>The fraction of predictions that are right, from 0 to 1.</summary>
    public static double Of(ReadOnlySpan<int> predicted, ReadOnlySpan<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, labels.Length);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (predicted[i] == labels[i]) right++;
        }

        return right / (double)labels.Length;
    }
}
