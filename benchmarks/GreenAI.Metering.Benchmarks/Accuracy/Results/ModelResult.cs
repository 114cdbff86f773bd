namespace GreenAI.Metering.Benchmarks;

/// <summary>One model in one run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TrueJoules">What it really used.</param>
/// <param name="BilledJoules">What the engine says.</param>
/// <param name="Uncertainty">How sure the engine says it is.</param>
/// <param name="Learned">What the engine has learned in the end.</param>
internal sealed record ModelResult(
    string Name, double TrueJoules, double BilledJoules, RelativeUncertainty? Uncertainty, LearnedPower? Learned)
{
    /// <summary>|billed − true| / true.</summary>
    public double RelativeError => TrueJoules > 0 ? Math.Abs(BilledJoules - TrueJoules) / TrueJoules : BilledJoules > 0 ? 1 : 0;

    /// <summary>Whether the truth lies in the stated band. No band covers nothing.</summary>
    public bool Covered => Uncertainty is { } band
        && TrueJoules >= BilledJoules * (1 - band.Below) && TrueJoules <= BilledJoules * (1 + band.Above);

    /// <summary>The wider side of the stated band; null when there is none.</summary>
    public double? Stated => Uncertainty is { } band ? Math.Max(band.Below, band.Above) : null;
}
