namespace GreenAI.Metering;

/// <summary>How sure the factors are that grams were reckoned by: sums that only grow, so that a window is a difference. Called by the closer only.</summary>
internal sealed class FactorQuality
{
    /// <summary>Grams the truth may lie below because of the factors.</summary>
    public double Below { get; private set; }

    /// <summary>Grams the truth may lie above because of the factors.</summary>
    public double Above { get; private set; }

    /// <summary>Grams of factors whose band nobody knows.</summary>
    public double Unknown { get; private set; }

    /// <summary>Grams of factors that are estimated, foreseen or held beyond their validity.</summary>
    public double Inferred { get; private set; }

    /// <summary>Notes grams and the factor they were reckoned by.</summary>
    public void Add(in FactorSpan span, double grams)
    {
        if (span.Factor is not { } factor || grams <= 0) return;
        if (factor.Uncertainty is { } band)
        {
            Below += grams * band.Below;
            Above += grams * band.Above;
        }
        else
        {
            Unknown += grams;
        }

        if (factor.IsEstimated || factor.IsForecast || span.IsHeld) Inferred += grams;
    }
}
