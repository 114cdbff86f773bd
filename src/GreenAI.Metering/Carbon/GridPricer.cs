namespace GreenAI.Metering;

/// <summary>Prices stretches of time by the factors that applied in them. Called by the closer only.</summary>
internal sealed class GridPricer(FactorTimeline timeline, double pue)
{
    private CarbonFactor[]? _factors;
    private FactorSpan _span;
    private long _price;

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
        if (!IsCached(from) || until > _span.Until) return Mean(from, until, uses, microjoules);
        uses?.Add(_span, from, until, microjoules, _span.Factor is null ? 0 : (Int128)microjoules * _price);
        return new GridPrice(_price, _span.Factor is null ? 0 : 1);
    }

    private bool IsCached(DateTimeOffset time) => ReferenceEquals(_factors, timeline.Factors) && time >= _span.Since && time < _span.Until;

    private GridPrice Mean(DateTimeOffset from, DateTimeOffset until, FactorUses? uses, long microjoules)
    {
        double length = (until - from).Ticks, sum = 0, priced = 0;
        for (DateTimeOffset at = from; ;)
        {
            Move(at);
            DateTimeOffset end = _span.Until < until ? _span.Until : until;
            double part = length > 0 ? (end - at).Ticks / length : 1;
            sum += _price * part;
            if (_span.Factor is not null) priced += part;
            if (end >= until) break;
            at = end;
        }

        long price = (long)Math.Round(sum);
        if (uses is not null) Note(from, until, uses, microjoules, price);
        return new GridPrice(price, Math.Min(1, priced));
    }

    // The parts by time, the last takes what rounding left: the uses sum to the whole.
    private void Note(DateTimeOffset from, DateTimeOffset until, FactorUses uses, long microjoules, long mean)
    {
        double length = Math.Max(1, (until - from).Ticks);
        Int128 left = (Int128)microjoules * mean;
        long given = 0;
        for (DateTimeOffset at = from; ;)
        {
            Move(at);
            bool last = _span.Until >= until;
            DateTimeOffset end = last ? until : _span.Until;
            long upTo = last ? microjoules : (long)Math.Round(microjoules * ((end - from).Ticks / length));
            Int128 product = last ? left : (Int128)(upTo - given) * _price;
            // With no factor in the last part there is nothing to say of its grams; what rounding left is below a microgram.
            uses.Add(_span, at, end, upTo - given, _span.Factor is null ? 0 : product);
            left -= product;
            given = upTo;
            if (last) return;
            at = end;
        }
    }

    private void Move(DateTimeOffset at)
    {
        if (IsCached(at)) return;
        _factors = timeline.Factors;
        _span = timeline.At(at);
        _price = _span.Factor is { } factor ? GridPrice.Of(factor, pue) : 0;
    }
}
