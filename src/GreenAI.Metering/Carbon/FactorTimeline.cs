namespace GreenAI.Metering;

/// <summary>Which grid factor applies when: what providers have answered, in order of preference.</summary>
/// <remarks>Thread-safe: written by whoever asks providers, read by the closer without a lock.</remarks>
internal sealed class FactorTimeline(TimeSpan hold)
{
    /// <summary>Factors kept at most: of more than these, those nearest to now.</summary>
    public const int Capacity = 512;

    // An interval may be that long: a device that could not be read meanwhile, a host that slept.
    private static readonly TimeSpan _kept = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private CarbonFactor[] _factors = [];

    /// <summary>The factors; another object after each change, the same as long as nothing changes.</summary>
    public CarbonFactor[] Factors => Volatile.Read(ref _factors);

    /// <summary>Adds an answer. Newer answers of a provider replace its older ones for the same time.</summary>
    public void Add(IReadOnlyList<CarbonFactor> answer, DateTimeOffset now)
    {
        lock (_gate)
        {
            CarbonFactor[] known = _factors;
            // What is told again stays the object it was: its uses are one row, and nothing has to be looked up anew.
            CarbonFactor[] told = [.. answer.Where(factor => factor.ValidFrom < factor.ValidTo).Select(factor => Array.Find(known, old => IsSame(old, factor)) ?? factor)];
            CarbonFactor[] all = [.. told, .. known.Where(old => HeldUntil(old) > now - _kept && !told.Any(factor => Replaces(factor, old)))];
            if (all.Length > Capacity) all = [.. all.OrderBy(factor => Distance(factor, now)).Take(Capacity)];
            all = [.. all.OrderBy(factor => factor.FallbackRank)];
            if (!Enumerable.SequenceEqual(all, known, ReferenceEqualityComparer.Instance)) Volatile.Write(ref _factors, all);
        }
    }

    /// <summary>The factor that applies at a moment, and the stretch around it in which no other does.</summary>
    /// <param name="factors">Of <see cref="Factors"/>, read once for all moments that belong together.</param>
    /// <param name="time">The moment.</param>
    public FactorSpan At(CarbonFactor[] factors, DateTimeOffset time)
    {
        CarbonFactor? best = null;
        bool bestIsHeld = false;
        DateTimeOffset since = DateTimeOffset.MinValue, until = DateTimeOffset.MaxValue;
        foreach (CarbonFactor factor in factors)
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
        : held && factor.ValidTo > best.ValidTo;

    private static bool Replaces(CarbonFactor factor, CarbonFactor old) =>
        factor.FallbackRank == old.FallbackRank && factor.ValidFrom <= old.ValidFrom && factor.ValidTo >= old.ValidTo;

    private static bool IsSame(CarbonFactor old, CarbonFactor factor) => old with { RetrievedAt = factor.RetrievedAt } == factor;

    private static TimeSpan Distance(CarbonFactor factor, DateTimeOffset now) =>
        now < factor.ValidFrom ? factor.ValidFrom - now : now >= factor.ValidTo ? now - factor.ValidTo : TimeSpan.Zero;
}
