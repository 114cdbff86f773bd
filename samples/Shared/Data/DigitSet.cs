namespace GreenAI.Metering.Samples;

/// <summary>Pictures of handwritten digits, 64 pixels from 0 to 1 each, and the digits they show.</summary>
internal sealed class DigitSet(float[] pixels, int[] labels)
{
    public const int PixelsPerRow = 64;
    public const int Classes = 10;

    public int Count => labels.Length;

    /// <summary>What it takes in memory: four bytes a pixel, four a label.</summary>
    public long Bytes => (pixels.Length * (long)sizeof(float)) + (labels.Length * (long)sizeof(int));

    public ReadOnlySpan<int> Labels => labels;

    public ReadOnlySpan<float> Row(int row) => Rows(row, 1);

    public ReadOnlySpan<float> Rows(int first, int count) => pixels.AsSpan(first * PixelsPerRow, count * PixelsPerRow);

    /// <summary>Shuffles with the seed and cuts: the same seed gives the same two sets.</summary>
    public (DigitSet Train, DigitSet Test) Split(int trainRows, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trainRows, Count);
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(seed).Shuffle(order);
        return (Take(order.AsSpan(0, trainRows)), Take(order.AsSpan(trainRows)));
    }

    private DigitSet Take(ReadOnlySpan<int> rows)
    {
        float[] takenPixels = new float[rows.Length * PixelsPerRow];
        int[] takenLabels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(takenPixels.AsSpan(i * PixelsPerRow));
            takenLabels[i] = labels[rows[i]];
        }

        return new DigitSet(takenPixels, takenLabels);
    }
}
