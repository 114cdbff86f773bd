namespace GreenAI.Metering;

/// <summary>How large a lease is: large enough that requests are rare, small enough that little is stranded when the budget runs out.</summary>
internal static class LeaseSize
{
    /// <summary>Leases of all live holders together take a quarter of what is left, so that they shrink as it does.</summary>
    public const int Parts = 4;

    /// <summary>No lease is larger than this part of the limit.</summary>
    public const int LargestPart = 100;

    /// <summary>The headroom that a holder had best keep.</summary>
    /// <param name="limit">The limit of the period.</param>
    /// <param name="free">What is neither spent nor with another holder: what is left, and the holder's own headroom.</param>
    /// <param name="holders">Live holders, the asking one included.</param>
    /// <param name="need">The smallest headroom of use.</param>
    public static long Target(long limit, long free, int holders, long need)
    {
        long share = Math.Min(free / (Parts * (long)Math.Max(1, holders)), Math.Max(1, limit / LargestPart));
        return Math.Clamp(Math.Max(share, need), 0, Math.Max(0, free));
    }
}
