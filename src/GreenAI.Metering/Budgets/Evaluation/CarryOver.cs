namespace GreenAI.Metering;

/// <summary>What a period leaves to the next one.</summary>
internal static class CarryOver
{
    /// <summary>What is added to a period's limit: what the one before left unspent, at most a share of the limit. Rounded down; never below 0.</summary>
    /// <param name="limit">The limit of a period, without anything carried over.</param>
    /// <param name="share">The share of it that may be carried over.</param>
    /// <param name="previousLimit">The limit of the period before, with what was carried into it.</param>
    /// <param name="previousCharged">What was charged to the period before.</param>
    public static long Amount(long limit, double share, long previousLimit, long previousCharged)
    {
        if (limit <= 0 || !(share > 0) || previousCharged >= previousLimit) return 0;
        Int128 unspent = (Int128)previousLimit - previousCharged;
        double most = Math.Floor(limit * share);
        long cap = most >= long.MaxValue ? long.MaxValue : (long)most;
        return unspent < cap ? (long)unspent : cap;
    }
}
