namespace GreenAI.Metering;

/// <summary>Count, mean and standard deviation of numbers, one at a time (Welford), and of two such sets together (Chan).</summary>
/// <remarks>A struct that is changed in place: allocates nothing. Not thread-safe.</remarks>
internal struct RunningMoments
{
    private double _squares;

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 for none.</summary>
    public double Mean { get; private set; }

    /// <summary>Their sample standard deviation; 0 for fewer than two.</summary>
    public readonly double StandardDeviation => Count > 1 ? Math.Sqrt(Math.Max(0, _squares / (Count - 1))) : 0;

    /// <summary>Adds a number; what is none is left out.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value)) return;
        Count++;
        double before = value - Mean;
        Mean += before / Count;
        _squares += before * (value - Mean);
    }

    /// <summary>Adds all numbers of another set.</summary>
    public void Add(in RunningMoments other)
    {
        if (other.Count == 0) return;
        long count = Count + other.Count;
        double apart = other.Mean - Mean;
        _squares += other._squares + (apart * apart * Count / count * other.Count);
        Mean += apart * other.Count / count;
        Count = count;
    }
}
