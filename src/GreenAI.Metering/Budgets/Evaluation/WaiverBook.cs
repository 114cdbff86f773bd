namespace GreenAI.Metering;

/// <summary>The waivers of a policy. They begin and end by the time that is asked with: nothing is kept.</summary>
/// <remarks>Immutable and thread-safe. Asking allocates nothing.</remarks>
internal sealed class WaiverBook(IReadOnlyList<Waiver> waivers)
{
    private readonly Waiver[] _waivers = [.. waivers];

    /// <summary>Whether a rule is lifted.</summary>
    /// <param name="rule">The budget or target.</param>
    /// <param name="subject">For whom.</param>
    /// <param name="now">When.</param>
    /// <param name="beyondMicrounits">How much is spent beyond the limit; 0 for targets.</param>
    /// <returns>The first waiver that lifts it, else what came nearest.</returns>
    public WaiverAnswer Find(string rule, in WaiverSubject subject, DateTimeOffset now, long beyondMicrounits)
    {
        var best = new WaiverAnswer(WaiverUse.None, null);
        foreach (Waiver waiver in _waivers)
        {
            if (!string.Equals(waiver.Rule, rule, StringComparison.Ordinal)) continue;
            WaiverUse use = Use(waiver, subject, now, beyondMicrounits);
            if (use > best.Use) best = new WaiverAnswer(use, waiver);
            if (best.Applies) break;
        }

        return best;
    }

    /// <summary>Whether one waiver lifts its rule.</summary>
    /// <remarks>From <see cref="Waiver.From"/>, included, to <see cref="Waiver.Expires"/>, excluded, and while less than its cap is spent beyond the limit.</remarks>
    public static WaiverUse Use(Waiver waiver, in WaiverSubject subject, DateTimeOffset now, long beyondMicrounits)
    {
        BudgetScope scope = waiver.Scope;
        if (!Covers(scope.Model, subject.Model) || !Covers(scope.Tenant, subject.Tenant) || !Covers(scope.Service, subject.Service) || !Covers(scope.Host, subject.Host))
            return WaiverUse.OutOfScope;
        if (now < waiver.From) return WaiverUse.NotYet;
        if (now >= waiver.Expires) return WaiverUse.Expired;
        return waiver.CapMicrounits is { } cap && beyondMicrounits >= cap ? WaiverUse.UsedUp : WaiverUse.Applies;
    }

    private static bool Covers(string? scope, string? part) => scope is null or BudgetScope.Each || string.Equals(scope, part, StringComparison.Ordinal);
}
