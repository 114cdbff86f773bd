namespace GreenAI.Metering;

/// <summary>Prices stretches of time by the factors that applied in them. Called by the closer only.</summary>
internal sealed class GridPricer(FactorTimeline timeline, double pue)
{
    private CarbonFactor[]? _factors;
    private FactorSpan _span;
    private long _price;
    private FactorSpan _before;
    private long _priceBefore;

    /// <summary>The factor that applied at the end of the stretch priced last; null when none did.</summary>
    public CarbonFactor? Latest => _span.Factor;

    /// <summary>The mean price over a stretch of time: each factor counts for its part of it.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="until">Its end.</param>
    /// <param name="uses">Where the parts are noted; null to note nothing.</param>
    /// <param name="microjoules">Energy of the stretch, to note.</param>
    public GridPrice Over(DateTimeOffset from, DateTimeOffset until, FactorUses? uses = null, long microjoules = 0)
    {
        if (until < from) until = from;
        // Once for the whole stretch: providers answer at any time.
        CarbonFactor[] factors = timeline.Factors;
        if (!ReferenceEquals(factors, _factors)) (_factors, _span, _before) = (factors, default, default);
        Move(from);
        if (until > _span.Until) return Parts(from, until, uses, microjoules);
        uses?.Add(_span, from, until, microjoules, (Int128)microjoules * _price);
        return new GridPrice(_price, _span.Factor is null ? 0 : 1, IsFallback ? 1 : 0);
    }

    private bool IsFallback => _span.Factor is { FallbackRank: > 0 };

    private GridPrice Parts(DateTimeOffset from, DateTimeOffset until, FactorUses? uses, long microjoules)
    {
        double sum = 0, unpriced = 0, fallback = 0, length = (until - from).Ticks;
        for (DateTimeOffset at = from; at < until; at = _span.Until)
        {
            double part = Move(at, until) / length;
            sum += _price * part;
            if (_span.Factor is null) unpriced += part;
            if (IsFallback) fallback += part;
        }

        long price = (long)Math.Round(sum);
        if (uses is not null) Note(from, until, uses, microjoules, (Int128)microjoules * price, sum);
        return new GridPrice(price, Math.Max(0, 1 - unpriced), Math.Min(1, fallback));
    }

    // By cumulative rounding, as energy is split: the parts sum to the whole, and none is negative.
    private void Note(DateTimeOffset from, DateTimeOffset until, FactorUses uses, long microjoules, Int128 product, double sum)
    {
        double length = (until - from).Ticks, weight = 0;
        long given = 0;
        Int128 booked = 0;
        for (DateTimeOffset at = from; at < until; at = _span.Until)
        {
            double part = Move(at, until) / length;
            DateTimeOffset end = _span.Until < until ? _span.Until : until;
            weight += _price * part;
            // The same additions in the same order made the sum: the last part that has a price takes what is left.
            Int128 upToProduct = weight == sum ? product : Int128.Min(product, (Int128)Math.Round((double)product * (weight / sum)));
            long upTo = end == until ? microjoules : Math.Min(microjoules, (long)Math.Round(microjoules * ((end - from).Ticks / length)));
            uses.Add(_span, at, end, upTo - given, upToProduct - booked);
            (given, booked) = (upTo, upToProduct);
        }
    }

    // The ticks from a moment to where its factor, or the stretch, ends.
    private double Move(DateTimeOffset at, DateTimeOffset until)
    {
        Move(at);
        return ((_span.Until < until ? _span.Until : until) - at).Ticks;
    }

    private void Move(DateTimeOffset at)
    {
        if (Holds(_span, at)) return;
        // The factor before is kept: inferences that began under it end for a while after its border.
        (_span, _before) = (_before, _span);
        (_price, _priceBefore) = (_priceBefore, _price);
        if (Holds(_span, at)) return;
        _span = timeline.At(_factors!, at);
        _price = _span.Factor is { } factor ? GridPrice.Of(factor, pue) : 0;
    }

    private static bool Holds(in FactorSpan span, DateTimeOffset at) => at >= span.Since && at < span.Until;
}
