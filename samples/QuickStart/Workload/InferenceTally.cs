namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Counts what was asked of a model, on any number of threads; the meter's own count has to equal it.</summary>
internal sealed class InferenceTally
{
    private long _inferences;
    private long _rows;

    public long Inferences => Interlocked.Read(ref _inferences);

    public long Rows => Interlocked.Read(ref _rows);

    public void Add(int rows)
    {
        Interlocked.Increment(ref _inferences);
        Interlocked.Add(ref _rows, rows);
    }
}
