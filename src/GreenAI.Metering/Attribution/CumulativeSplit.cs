namespace GreenAI.Metering;

/// <summary>
/// Splits a whole amount in proportion to weights handed in one after another: each part is the difference of rounded
/// cumulative sums, so the parts sum to the amount exactly and each is within one unit of its share.
/// </summary>
internal ref struct CumulativeSplit(long amount, long totalWeight)
{
    private long _weight;
    private long _given;

    public long Next(long weight)
    {
        _weight += weight;
        // 128 bits: microjoules times ticks overflow 64 bits within seconds.
        Int128 product = ((Int128)amount * _weight) + (totalWeight / 2);
        long upTo = _weight == totalWeight ? amount : (long)(product / totalWeight);
        long part = upTo - _given;
        _given = upTo;
        return part;
    }
}
