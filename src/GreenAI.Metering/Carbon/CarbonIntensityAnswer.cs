namespace GreenAI.Metering;

/// <summary>What a provider of grid factors answers: factors, or why there are none.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CarbonIntensityAnswer
{
    private CarbonIntensityAnswer(IReadOnlyList<CarbonFactor> factors, CarbonGap gap, string? reason, TimeSpan? retryAfter)
    {
        Factors = factors;
        Gap = gap;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>Factors by time, at least one unless there is a gap; they may reach back and forward.</summary>
    public IReadOnlyList<CarbonFactor> Factors { get; }

    /// <summary>Why there are none; <see cref="CarbonGap.None"/> when there are.</summary>
    public CarbonGap Gap { get; }

    /// <summary>What went wrong and what to do, for people; null when nothing did.</summary>
    public string? Reason { get; }

    /// <summary>How long the source asks not to be asked again; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Which of several providers answered, by its name; null when only one was asked, or when none answered.</summary>
    public string? AnsweredBy { get; private init; }

    /// <summary>Which of several providers were passed over before, in the order they were asked, each with its reason.</summary>
    public IReadOnlyList<SkippedCarbonProvider> Skipped { get; private init; } = [];

    /// <summary>An answer with factors.</summary>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public static CarbonIntensityAnswer Of(params IReadOnlyList<CarbonFactor> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        // A copy: whoever made the list may go on using it.
        CarbonFactor[] copy = [.. factors];
        if (Array.IndexOf(copy, null) is >= 0 and int at) throw new ArgumentException($"Factor {at} is null.", nameof(factors));
        return copy.Length > 0
            ? new CarbonIntensityAnswer(Array.AsReadOnly(copy), CarbonGap.None, null, null)
            : throw new ArgumentException("An answer without a factor is a refusal: use Refused and say why.", nameof(factors));
    }

    /// <summary>An answer without factors.</summary>
    /// <param name="gap">Why.</param>
    /// <param name="reason">The same for people, with what to do.</param>
    /// <param name="retryAfter">How long the source asks not to be asked again.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is <see cref="CarbonGap.None"/>.</exception>
    public static CarbonIntensityAnswer Refused(CarbonGap gap, string reason, TimeSpan? retryAfter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return gap != CarbonGap.None
            ? new CarbonIntensityAnswer([], gap, reason, retryAfter)
            : throw new ArgumentOutOfRangeException(nameof(gap), gap, "A refusal needs a gap: why there is no factor.");
    }

    /// <summary>The same answer, said to come from one of several providers, or from none of them.</summary>
    internal CarbonIntensityAnswer After(IEnumerable<SkippedCarbonProvider> skipped, string? answeredBy) =>
        new(Factors, Gap, Reason, RetryAfter) { AnsweredBy = answeredBy, Skipped = Array.AsReadOnly([.. skipped]) };
}
