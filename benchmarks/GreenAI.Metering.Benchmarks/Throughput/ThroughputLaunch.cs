namespace GreenAI.Metering.Benchmarks;

/// <summary>What one launch of the server showed.</summary>
/// <param name="Rates">Requests a second, of each arm and slice.</param>
/// <param name="Metered">The share of a processor that its sampling and billing take.</param>
/// <param name="Governed">The same, with budgets.</param>
internal sealed record ThroughputLaunch(List<double>[] Rates, double Metered, double Governed)
{
    public double BareRate => (Rates[(int)ThroughputArm.Bare].Average() + Rates[(int)ThroughputArm.BareAgain].Average()) / 2;

    public double Beside(ThroughputArm arm) => arm switch
    {
        ThroughputArm.Metered => Metered,
        ThroughputArm.Governed => Governed,
        _ => throw new ArgumentOutOfRangeException(nameof(arm), arm, "Only what is metered samples and bills."),
    };

    public double Plain(ThroughputArm arm) => Rates[(int)arm].Average() / BareRate;

    /// <summary>Against both bare arms, but for the one that is compared with the other.</summary>
    public double LogOf(ThroughputArm arm)
    {
        double log = PairedRatio.LogOf(Rates[(int)arm], Rates[(int)ThroughputArm.Bare]);
        return arm == ThroughputArm.BareAgain ? log : (log + PairedRatio.LogOf(Rates[(int)arm], Rates[(int)ThroughputArm.BareAgain])) / 2;
    }
}
