namespace GreenAI.Metering;

/// <summary>Why there is no grid factor, or no figure that needs one.</summary>
public enum CarbonGap
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>No zone, region, constant or provider is configured.</summary>
    NotConfigured,

    /// <summary>The overhead of the data centre (PUE) is not stated.</summary>
    NoPue,

    /// <summary>The source was not asked yet, or has not answered yet.</summary>
    Pending,

    /// <summary>The source answered that it has none (an empty answer, null, 204).</summary>
    NoData,

    /// <summary>The source refused the credentials (401, 403).</summary>
    Unauthorized,

    /// <summary>The source asks to be left alone for a while (429).</summary>
    RateLimited,

    /// <summary>The answer's time lies too far back.</summary>
    Stale,

    /// <summary>The answer could not be understood.</summary>
    Malformed,

    /// <summary>The source could not be reached, or answered with an error of its own (5xx).</summary>
    Unreachable,

    /// <summary>The factor is of another kind than the accounts: grams of different kinds do not add up.</summary>
    WrongKind,
}
