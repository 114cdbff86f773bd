namespace GreenAI.Metering;

/// <summary>Which grid factor applies when: what providers have answered, in order of preference.</summary>
/// <remarks>Thread-safe: written by whoever asks providers, read by the closer without a lock.</remarks>
internal sealed class FactorTimeline(TimeSpan hold)
{
    private const int Capacity = 512;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(2);

    private readonly object _gate = new();
    private CarbonFactor[] _factors = [];

    /// <summary>The factors; another object after each change.</summary>
    public CarbonFactor[] Factors => Volatile.Read(ref _factors);

    /// <summary>Adds an answer. Newer answers of a provider replace its older ones for the same time.</summary>
    public void Add(IReadOnlyList<CarbonFactor> answer, DateTimeOffset now)
    {
        lock (_gate)
        {
            IEnumerable<CarbonFactor> kept = _factors.Where(old => !answer.Any(factor => Replaces(factor, old)) && old.ValidTo > now - _kept - hold);
            Volatile.Write(ref _factors, [.. answer.Concat(kept).OrderBy(factor => factor.FallbackRank).Take(Capacity)]);
        }
    }

    /// <summary>The factor that applies at a moment, and the stretch around it in which no other does.</summary>
    public FactorSpan At(DateTimeOffset time)
    {
        CarbonFactor? best = null;
        bool bestIsHeld = false;
        DateTimeOffset since = DateTimeOffset.MinValue, until = DateTimeOffset.MaxValue;
        foreach (CarbonFactor factor in Factors)
        {
            DateTimeOffset heldUntil = HeldUntil(factor);
            Consider(factor.ValidFrom);
            Consider(factor.ValidTo);
            Consider(heldUntil);
            if (time < factor.ValidFrom || time >= heldUntil) continue;
            bool held = time >= factor.ValidTo;
            if (best is not null && !IsBetter(factor, held, best, bestIsHeld)) continue;
            (best, bestIsHeld) = (factor, held);
        }

        return new FactorSpan(best, bestIsHeld, since, until);

        void Consider(DateTimeOffset border)
        {
            if (border > time && border < until) until = border;
            if (border <= time && border > since) since = border;
        }
    }

    // Held: the source publishes with a delay, and its last word is better than nothing for a while.
    private DateTimeOffset HeldUntil(CarbonFactor factor) =>
        DateTimeOffset.MaxValue - factor.ValidTo <= hold ? DateTimeOffset.MaxValue : factor.ValidTo + hold;

    private static bool IsBetter(CarbonFactor factor, bool held, CarbonFactor best, bool bestIsHeld) =>
        factor.FallbackRank != best.FallbackRank ? factor.FallbackRank < best.FallbackRank
        : held != bestIsHeld ? bestIsHeld
        : held ? factor.ValidTo > best.ValidTo
        : false;

    private static bool Replaces(CarbonFactor factor, CarbonFactor old) =>
        factor.FallbackRank == old.FallbackRank && factor.ValidFrom <= old.ValidFrom && factor.ValidTo >= old.ValidTo;
}
