namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Counts what was asked of a model, on any number of threads; the meter's own count has to equal it.</summary>
internal sealed class InferenceTally
{
    private long _inferences;
    private long _rows;
    private long _right;

    public long Inferences => Interlocked.Read(ref _inferences);

    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Rows that were told right: what the application is there for.</summary>
    public long Right => Interlocked.Read(ref _right);

    public void Add(int rows)
    {
        Interlocked.Increment(ref _inferences);
        Interlocked.Add(ref _rows, rows);
    }

    public void AddRight(ReadOnlySpan<int> digits, ReadOnlySpan<int> labels)
    {
        int right = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] == labels[i]) right++;
        }

        Interlocked.Add(ref _right, right);
    }
}
