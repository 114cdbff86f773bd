namespace GreenAI.Metering;

/// <summary>Copies the books of grams into a snapshot for users. Called under the closer's lock.</summary>
internal sealed class CarbonTotalsBuilder(CarbonBooks books, DeviceMeter[] devices, ModelRegistry registry, TimeProvider timeProvider)
{
    private readonly long _ticksPerMicrogram = timeProvider.TimestampFrequency * 3600 * 1000;

    public CarbonTotals Build()
    {
        CarbonAccount account = books.Account;
        bool priced = books.IsPriced;
        long metered = 0;
        foreach (DeviceMeter device in devices) metered += device.Books.Total;
        (CarbonGap gap, string? reason) = books.Latest is not null ? (CarbonGap.None, null) : account.Gap;
        return new CarbonTotals
        {
            Method = account.Method,
            Boundary = account.Boundary,
            Pue = account.Pue,
            Gap = gap,
            Reason = reason,
            CurrentFactor = books.Latest,
            Factors = books.Uses,
            PricedShare = metered > 0 ? books.PricedMicrojoules / (double)metered : priced ? 1 : 0,
            FallbackShare = books.PricedMicrojoules > 0 ? books.FallbackMicrojoules / (double)books.PricedMicrojoules : 0,
            Models = [.. Enumerable.Range(0, registry.Count).Select(model => Model(model, priced))],
            OperationalIdle = Operational(books.Idle, priced),
            OperationalUnattributed = Operational(books.Unattributed, priced),
            OperationalOther = Operational(books.Other, priced),
            EmbodiedItems = account.Embodied,
            EmbodiedReason = books.Plan.Reason,
            EmbodiedIdle = Embodied(books.EmbodiedIdle),
            WaterLitres = account.Wue is { } wue ? Energy.FromMicrojoules(metered).KilowattHours * wue : null,
            WueLitresPerKilowattHour = account.Wue,
            Unaccounted = Unaccounted(),
        };
    }

    /// <summary>Whole micrograms of a product of ticks and ng/h.</summary>
    public long EmbodiedMicrograms(Int128 product) => (long)(product / _ticksPerMicrogram);

    private CarbonModelTotals Model(int model, bool priced)
    {
        ref readonly CarbonModelBook book = ref books.Models[model];
        return new CarbonModelTotals
        {
            Name = registry.Name(model),
            Operational = Operational(book.Dynamic, priced),
            OperationalWithIdle = Operational(book.Dynamic + book.Idle, priced),
            Embodied = Embodied(book.Embodied),
        };
    }

    private static CarbonMass? Operational(Int128 product, bool priced) =>
        priced ? CarbonMass.FromMicrograms(GridPrice.Micrograms(product)) : null;

    private CarbonMass? Embodied(Int128 product) =>
        books.Plan.IsKnown ? CarbonMass.FromMicrograms(EmbodiedMicrograms(product)) : null;

    // By the exact products, over all models there may be: the snapshot's own sums could not tell.
    private CarbonMass Unaccounted()
    {
        Int128 operational = books.Total - books.Idle - books.Unattributed - books.Other;
        Int128 embodied = books.EmbodiedTotal - books.EmbodiedIdle;
        foreach (ref readonly CarbonModelBook model in books.Models.AsSpan())
        {
            operational -= model.Dynamic;
            embodied -= model.Embodied;
        }

        // Anything at all is a defect, also what is less than a microgram.
        return operational == 0 && embodied == 0
            ? CarbonMass.Zero
            : CarbonMass.FromMicrograms((long)(Int128.Abs(operational) / GridPrice.MicrojoulesPerKilowattHour) + (long)(Int128.Abs(embodied) / _ticksPerMicrogram) + 1);
    }
}
