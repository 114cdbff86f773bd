using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Reports by chance, whose figures agree.</summary>
internal static class ReportGen
{
    private const long Most = 1L << 55;

    private static readonly Gen<long> _amount = Gen.OneOf(Gen.Long[0, 1000], Gen.Long[0, Most]);
    private static readonly Gen<double> _number = Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Double[0, 10], Gen.Const(0.0), Gen.Const(double.Epsilon), Gen.Const(double.MaxValue));
    private static readonly Gen<double> _share = Gen.Double.Unit;
    private static readonly Gen<double> _band = Gen.Double[0, 5];
    private static readonly Gen<TimeSpan> _time = Gen.OneOf(Gen.Long[0, 1L << 50], Gen.Long[0, long.MaxValue]).Select(TimeSpan.FromTicks);
    private static readonly Gen<DateTimeOffset> _moment = Gen.Long[0, DateTimeOffset.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    // Everything but halves of pairs, which are no text; names that hurt Markdown, CSV and HTML among them.
    private static readonly Gen<string> _text = Gen.OneOf(
        Gen.Char.Where(letter => !char.IsSurrogate(letter)).Array[0, 12].Select(letters => new string(letters)),
        Gen.OneOfConst("a|b", "=1+1", "<script>", "`x`", "line\r\nline", "\"quoted\", text", "µ–漢", "😀", "host", "$", ""));

    private static readonly Gen<CarbonMass> _mass = _amount.Select(CarbonMass.FromMicrograms);
    private static readonly Gen<Energy> _energy = _amount.Select(Energy.FromMicrojoules);
    private static readonly Gen<RelativeUncertainty> _uncertainty = Gen.Select(_band, _band, (below, above) => new RelativeUncertainty(below, above));

    private static readonly Gen<CarbonFactor> _factor = Gen.Select(
        Gen.Double[0, 10_000], Gen.Select(Gen.Enum<CarbonSignal>(), Gen.Enum<CarbonBasis>(), Gen.Enum<CarbonBoundary>()), _text, Maybe(_text), Gen.Select(_moment, _moment, Maybe(_moment)), Maybe(_uncertainty), Gen.Int[0, 9], Gen.Bool,
        (grams, kind, source, zone, times, uncertainty, rank, flag) => new CarbonFactor
        {
            Intensity = CarbonIntensity.FromGramsPerKilowattHour(grams),
            Kind = new(kind.Item1, kind.Item2, kind.Item3),
            Source = source,
            Zone = zone,
            Licence = zone,
            ValidFrom = times.Item1,
            ValidTo = times.Item2,
            RetrievedAt = times.Item3,
            Uncertainty = uncertainty,
            FallbackRank = rank,
            IsEstimated = flag,
            IsForecast = !flag,
        });

    private static readonly Gen<ReportFactor> _use = Gen.Select(
        _factor, _moment, _moment, _energy, _mass, Gen.Bool, Gen.Bool,
        (factor, from, to, energy, grams, held, combined) =>
            new ReportFactor { Factor = factor, From = from, To = to, Energy = energy, Operational = grams, IsHeld = held, IsCombined = combined });

    private static readonly Gen<ReportEmbodiedItem> _item = Gen.Select(
        _text, Maybe(_mass), Maybe(_band), Maybe(_share), _text,
        (name, total, hours, share, source) => new ReportEmbodiedItem { Name = name, Total = total, LifespanHours = hours, Share = share, Source = source });

    private static readonly Gen<ReportKpi> _kpi = Gen.Select(
        Gen.Select(Gen.Enum<Kpi>(), Gen.Enum<KpiGap>(), Gen.Enum<CarbonGap>(), Gen.Enum<KpiComparison>()), _number, _number, Maybe(_number), Gen.Select(Maybe(_uncertainty), Gen.Bool, _band), _time, Maybe(_text), _text,
        (words, numerator, denominator, bound, rest, window, name, text) => ReportKpi.From(
            new KpiValue
            {
                Kpi = words.Item1,
                Gap = words.Item2,
                CarbonGap = words.Item3,
                Numerator = numerator,
                Denominator = denominator,
                Surplus = rest.Item3,
                Uncertainty = rest.Item1,
                IsUnbounded = rest.Item2,
                Tier = MeasurementTier.Modelled,
                Window = window,
                Target = bound is { } at ? new KpiTarget(words.Item4, at) : null,
            },
            text) with
        { Model = name, Item = name, Note = name });

    private static readonly Gen<(long, long, long)> _three = Gen.Select(_amount, _amount, _amount);

    public static Gen<EfficiencyReport> Report { get; } = Gen.Select(
        Gen.Select(_time, _moment, Maybe(_text), Maybe(_share), Gen.Enum<CarbonMethod>()),
        Gen.Select(_three, _three),
        Gen.Select(Gen.Select(_text, _three).Array[0, 4], Gen.Bool, Gen.Bool, Maybe(_share)),
        _use.Array[0, 3], _item.Array[0, 3], _kpi.Array[0, 20],
        (head, buckets, models, factors, items, kpis) => Make(head, buckets, models, factors, items, kpis));

    private static EfficiencyReport Make(
        (TimeSpan Elapsed, DateTimeOffset At, string? Service, double? Share, CarbonMethod Method) head,
        ((long, long, long) First, (long, long, long) Second) buckets,
        ((string Name, (long Energy, long Operational, long Embodied) Amounts)[] Rows, bool HasOperational, bool HasEmbodied, double? Water) models,
        ReportFactor[] factors, ReportEmbodiedItem[] items, ReportKpi[] kpis)
    {
        (long idle, long unattributed, long other) = buckets.First;
        (long operationalIdle, long operationalOther, long embodiedIdle) = buckets.Second;
        long energy = models.Rows.Sum(row => row.Amounts.Energy);
        long operational = models.Rows.Sum(row => row.Amounts.Operational);
        long embodied = models.Rows.Sum(row => row.Amounts.Embodied);
        long total = energy + idle + unattributed + other;
        return ReportSamples.Empty with
        {
            Elapsed = head.Elapsed,
            GeneratedAt = head.At,
            Service = head.Service,
            Accounting = ReportSamples.Accounting with { Method = head.Method, Pue = head.Share + 1, Wue = head.Share, IdleRule = head.Service ?? "" },
            Energy = new()
            {
                Total = ReportSamples.Microjoules(total),
                Settled = ReportSamples.Microjoules(energy / 2),
                Open = ReportSamples.Microjoules(energy - (energy / 2)),
                Late = default,
                Idle = ReportSamples.Microjoules(idle),
                Unattributed = ReportSamples.Microjoules(unattributed),
                Other = ReportSamples.Microjoules(other),
                Coverage = head.Share ?? 1,
                Tier = MeasurementTier.Modelled,
            },
            Devices = total == 0 ? [] : [ReportSamples.Device("first", total / 3), ReportSamples.Device("second", total - (total / 3))],
            Carbon = ReportSamples.Empty.Carbon with
            {
                Operational = models.HasOperational
                    ? new()
                    {
                        Total = ReportSamples.Micrograms(operational + operationalIdle + operationalOther),
                        Models = ReportSamples.Micrograms(operational),
                        Idle = ReportSamples.Micrograms(operationalIdle),
                        Unattributed = default,
                        Other = ReportSamples.Micrograms(operationalOther),
                    }
                    : null,
                PricedShare = head.Share,
                FallbackShare = models.Water,
                WaterLitres = models.Water,
                Embodied = models.HasEmbodied
                    ? new() { Total = ReportSamples.Micrograms(embodied + embodiedIdle), Models = ReportSamples.Micrograms(embodied), Idle = ReportSamples.Micrograms(embodiedIdle) }
                    : null,
            },
            Factors = factors,
            EmbodiedItems = items,
            Models = [.. models.Rows.Select(row => ReportSamples.Model(row.Name, row.Amounts.Energy, row.Amounts.Operational, row.Amounts.Embodied))],
            Kpis = kpis,
        };
    }

    private static Gen<T?> Maybe<T>(Gen<T> gen, T? _ = null)
        where T : struct => Gen.OneOf(Gen.Const((T?)null), gen.Select(value => (T?)value));

    private static Gen<string?> Maybe(Gen<string> gen) => Gen.OneOf(Gen.Const((string?)null), gen.Select(value => (string?)value));
}
