namespace GreenAI.Metering;

/// <summary>
/// Splits a whole amount in proportion to weights handed in one after another: each part is the difference of rounded
/// cumulative sums, so the parts sum to the amount exactly and each is within one unit of its share.
/// </summary>
internal ref struct CumulativeSplit(long amount, double totalWeight)
{
    private double _weight;
    private long _given;

    public long Next(double weight)
    {
        _weight += weight;
        // The same additions in the same order made the total: the last weight reaches it exactly, and takes what is left.
        long upTo = _weight == totalWeight ? amount : Math.Min(amount, (long)Math.Round(amount * (_weight / totalWeight)));
        long part = upTo - _given;
        _given = upTo;
        return part;
    }
}
