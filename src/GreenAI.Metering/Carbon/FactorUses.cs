namespace GreenAI.Metering;

/// <summary>Which factor was applied from when to when, and to how much energy. Called by the closer only.</summary>
/// <remarks>Bounded: beyond 96 rows (four days of hourly factors) the oldest two of one source become one.</remarks>
internal sealed class FactorUses(double pue, FactorQuality quality)
{
    private const int Capacity = 96;

    private readonly List<Row> _rows = new(Capacity + 1);

    public int Count => _rows.Count;

    /// <summary>Notes that a factor, or none, was applied to an energy.</summary>
    public void Add(in FactorSpan span, DateTimeOffset from, DateTimeOffset until, long microjoules, Int128 product)
    {
        if (span.Factor is not { } factor || microjoules == 0 && from == until) return;
        quality.Add(span, GridPrice.Grams(product));
        // From the newest: devices that close late belong to the row before.
        for (int i = _rows.Count - 1; i >= 0 && i >= _rows.Count - 4; i--)
        {
            Row row = _rows[i];
            if (!ReferenceEquals(row.Factor, factor) || row.IsHeld != span.IsHeld || row.IsCombined) continue;
            row.Add(from, until, microjoules, product);
            return;
        }

        _rows.Add(new Row(factor, span.IsHeld, from, until, microjoules, product));
        if (_rows.Count > Capacity) Combine();
    }

    /// <summary>The uses, oldest first.</summary>
    public IReadOnlyList<FactorUse> ToList() => [.. _rows.Select(row => row.ToUse(pue))];

    private void Combine()
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            for (int j = i + 1; j < _rows.Count; j++)
            {
                if (!_rows[i].IsLike(_rows[j])) continue;
                _rows[i].Join(_rows[j]);
                _rows.RemoveAt(j);
                return;
            }
        }

        // As many sources as rows, which no chain of providers has: the two oldest, whatever they are.
        _rows[0].Join(_rows[1]);
        _rows.RemoveAt(1);
    }

    private sealed class Row(CarbonFactor factor, bool held, DateTimeOffset from, DateTimeOffset to, long microjoules, Int128 product)
    {
        private DateTimeOffset _from = from;
        private DateTimeOffset _to = to;
        private Int128 _microjoules = microjoules;
        private Int128 _product = product;

        public CarbonFactor Factor { get; private set; } = factor;

        public bool IsHeld { get; private set; } = held;

        public bool IsCombined { get; private set; }

        /// <summary>Of one source, and both within its validity or both beyond it: to be told as one.</summary>
        public bool IsLike(Row other) =>
            Factor.FallbackRank == other.Factor.FallbackRank && IsHeld == other.IsHeld && Factor.Source == other.Factor.Source;

        public void Add(DateTimeOffset from, DateTimeOffset to, long microjoules, Int128 product)
        {
            if (from < _from) _from = from;
            if (to > _to) _to = to;
            _microjoules += microjoules;
            _product += product;
        }

        public void Join(Row other)
        {
            if (other._from < _from) _from = other._from;
            if (other._to > _to) _to = other._to;
            _microjoules += other._microjoules;
            _product += other._product;
            (Factor, IsHeld, IsCombined) = (other.Factor, IsHeld || other.IsHeld, true);
        }

        public FactorUse ToUse(double pue) => new()
        {
            Factor = IsCombined && _microjoules > 0 ? Factor with { Intensity = Mean(pue) } : Factor,
            From = _from,
            To = _to,
            Energy = Energy.FromMicrojoules((long)_microjoules),
            Operational = CarbonMass.FromMicrograms(GridPrice.Micrograms(_product)),
            IsHeld = IsHeld,
            IsCombined = IsCombined,
        };

        private CarbonIntensity Mean(double pue) =>
            CarbonIntensity.FromGramsPerKilowattHour(Math.Clamp((double)_product / (double)_microjoules / 1e6 / pue, 0, 10_000));
    }
}
