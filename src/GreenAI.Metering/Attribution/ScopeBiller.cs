namespace GreenAI.Metering;

/// <summary>Turns a scope's shares on all devices into its final bill: ledger, tallies, footprint.</summary>
internal sealed class ScopeBiller(EnergyMeter? meter, DeviceBooks[] books, ModelTally[] tallies, TimeProvider timeProvider, IFinalFootprints sink)
{
    private bool _wanted;

    /// <summary>How good each device's figures are; refreshed before each close.</summary>
    public DeviceQuality[] Quality { get; } = new DeviceQuality[books.Length];

    /// <summary>What a microjoule emits; null when nobody tells.</summary>
    public IEmissionPrice? Prices { get; set; }

    /// <summary>Who charges bills to budgets; null when nobody does.</summary>
    public IBillCharges? Charges { get; set; }

    /// <summary>Before the bills of a close: whether anybody wants footprints is asked once, not for each.</summary>
    public void BeginClose() => _wanted = sink.Wanted;

    public bool IsStale(int device) => Quality[device].Stale;

    /// <summary>Books the bill as settled and hands the footprint out.</summary>
    public void Final(int slot, ref ScopeSlot scope, ReadOnlySpan<ScopeShare> shares)
    {
        for (int device = 0; device < shares.Length; device++)
        {
            ref ModelBook book = ref books[device].Models[scope.Model];
            book.Waiting -= shares[device].Ticks;
            book.Settled += shares[device].Ticks;
        }

        Tell(slot, ref scope, shares);
    }

    /// <summary>Counts a scope whose bill is settled in the books, and hands the footprint out.</summary>
    public void Tell(int slot, ref ScopeSlot scope, ReadOnlySpan<ScopeShare> shares)
    {
        tallies[scope.Model].Add(scope);
        IBillCharges? charges = Charges;
        if (!_wanted && charges is null) return;
        InferenceFootprint footprint = Footprint(slot, scope, shares);
        charges?.Add(slot, scope, footprint);
        if (_wanted) sink.Add(footprint);
    }

    private double Watts(int device, int model) => books[device].Weights is { Learned: true } weights ? weights.Watts[model] : 0;

    private InferenceFootprint Footprint(int slot, in ScopeSlot scope, ReadOnlySpan<ScopeShare> shares)
    {
        double ticksPerSecond = timeProvider.TimestampFrequency;
        long marginal = 0;
        bool includesIdle = false;
        double idle = 0, doubt = 0, uncovered = 0, below = 0, above = 0, upper = 0, remainder = 0;
        var tier = MeasurementTier.Measured;
        bool read = false;
        int used = 0;
        for (int device = 0; device < shares.Length; device++)
        {
            // What a model is declared not to use has no part in its bill, and says nothing of how good the bill is.
            ref readonly ScopeShare share = ref shares[device];
            if (!books[device].Weights.Uses[scope.Model] && share.Ticks == 0) continue;
            used++;
            ref DeviceQuality quality = ref Quality[device];
            marginal += share.Ticks;
            idle += share.Accrual.Idle;
            doubt += share.Accrual.Doubt;
            uncovered += share.Accrual.Uncovered;
            below += share.Ticks * quality.Uncertainty.Below;
            above += share.Ticks * quality.Uncertainty.Above;
            upper += quality.MaxWatts * scope.ActiveTicks / ticksPerSecond;
            remainder += Watts(device, scope.Model) * share.Base / ticksPerSecond;
            includesIdle |= quality.IncludesIdle;
            if (share.Accrual.Uncovered >= scope.ActiveTicks && scope.ActiveTicks > 0) continue;
            read = true;
            if (quality.Tier < tier) tier = quality.Tier;
        }

        UnavailableReason reason = used == 0 ? UnavailableReason.NoDevice
            : !read ? UnavailableReason.NotCovered
            : marginal == 0 ? UnavailableReason.BelowResolution
            : UnavailableReason.None;
        double total = Math.Max(1, marginal);
        RelativeUncertainty band = ShareUncertainty.Join(below / total, above / total, doubt / total);
        return new InferenceFootprint
        {
            ScopeId = SlotWord.ScopeId(slot, SlotWord.Generation(scope.Word)),
            Meter = meter,
            ModelIndex = scope.Model,
            Stage = FootprintStage.Final,
            Outcome = scope.Outcome,
            Tier = reason == UnavailableReason.None ? tier : MeasurementTier.Unavailable,
            Reason = reason,
            IncludesIdle = includesIdle,
            Units = scope.Units,
            Ticks = scope.End - scope.Start,
            ActiveTicks = scope.ActiveTicks,
            TimeTicksPerTick = TimeSpan.TicksPerSecond / ticksPerSecond,
            Coverage = scope.ActiveTicks == 0 || used == 0
                ? (read ? 1 : 0)
                : Math.Clamp(1 - (uncovered / ((double)scope.ActiveTicks * used)), 0, 1),
            Below = band.Below,
            Above = band.Above,
            UpperMicrojoules = upper * 1e6,
            ModelledRemainder = Energy.FromJoulesAtMost(remainder),
            Marginals = marginal,
            Idles = Math.Round(idle),
            MicrogramsPerMicrojoule = Prices?.PriceOver(scope.Start, scope.End) ?? double.NaN,
        };
    }
}
