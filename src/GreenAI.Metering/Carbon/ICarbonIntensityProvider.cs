namespace GreenAI.Metering;

/// <summary>Gives grid carbon intensities. Asked in the background, never on a request's path.</summary>
/// <remarks>
/// Asked by one caller at a time. Failures are answers (<see cref="CarbonIntensityAnswer.Refused"/>), not exceptions; one that is
/// thrown nevertheless is logged and counts as <see cref="CarbonGap.Unreachable"/>, as does an answer that takes longer than a minute.
/// </remarks>
public interface ICarbonIntensityProvider
{
    /// <summary>A short name for logs and reports: <c>electricity-maps</c>.</summary>
    string Name { get; }

    /// <summary>The kind of factor it gives: checked against the accounts before anything is asked.</summary>
    CarbonKind Kind { get; }

    /// <summary>The factors that hold now, and around now as far as the source tells.</summary>
    ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken);
}
