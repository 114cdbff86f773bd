namespace GreenAI.Metering;

/// <summary>A grid factor, with what it priced.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportFactor
{
    /// <summary>The factor with its pedigree, its rank among fallbacks included.</summary>
    public required CarbonFactor Factor { get; init; }

    /// <summary>The first moment it was used for; held in UTC.</summary>
    public required DateTimeOffset From { get; init => field = value.ToUniversalTime(); }

    /// <summary>The first moment it was not used for any more; held in UTC.</summary>
    public required DateTimeOffset To { get; init => field = value.ToUniversalTime(); }

    /// <summary>The energy it priced, before PUE.</summary>
    public required Energy Energy { get; init; }

    /// <summary>The operational grams that came to, PUE included.</summary>
    public required CarbonMass Operational { get; init; }

    /// <summary>Whether it was used beyond its validity, for lack of a newer one.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether it stands for several older uses of one source; its intensity is then their energy-weighted mean.</summary>
    public bool IsCombined { get; init; }
}
