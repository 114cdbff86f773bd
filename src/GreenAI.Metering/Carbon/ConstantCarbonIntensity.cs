namespace GreenAI.Metering;

/// <summary>One grid factor, stated by whoever runs the service: a supplier's figure, an auditor's, a laboratory's.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ConstantCarbonIntensity : ICarbonIntensityProvider
{
    private readonly CarbonIntensityAnswer _answer;

    /// <summary>Makes a provider of a factor.</summary>
    /// <param name="factor">The factor; outside its validity it does not apply.</param>
    public ConstantCarbonIntensity(CarbonFactor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        Factor = factor;
        _answer = CarbonIntensityAnswer.Of(factor);
    }

    /// <inheritdoc/>
    public string Name => "constant";

    /// <inheritdoc/>
    public CarbonKind Kind => Factor.Kind;

    /// <summary>The factor it answers with.</summary>
    public CarbonFactor Factor { get; }

    /// <summary>Answers at once, with the one factor.</summary>
    public ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? ValueTask.FromCanceled<CarbonIntensityAnswer>(cancellationToken)
        : ValueTask.FromResult(_answer);
}
