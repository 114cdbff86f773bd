namespace GreenAI.Metering;

/// <summary>What kind of number a factor is. Grams of different kinds do not add up.</summary>
/// <param name="Signal">Average or marginal.</param>
/// <param name="Basis">By place or by contract.</param>
/// <param name="Boundary">With or without the plant and its fuel chain.</param>
/// <remarks>The same instant of one grid gave 75 g/kWh (lifecycle) and 20 g/kWh (direct): mixing them is an error, not noise.</remarks>
public readonly record struct CarbonKind(CarbonSignal Signal, CarbonBasis Basis, CarbonBoundary Boundary)
{
    /// <summary>As text: <c>average, location, lifecycle</c>.</summary>
    public override string ToString() => $"{Word(Signal)}, {Word(Basis)}, {Word(Boundary)}";

    private static string Word(CarbonSignal signal) => signal == CarbonSignal.Average ? "average" : "marginal";

    private static string Word(CarbonBasis basis) => basis == CarbonBasis.Location ? "location" : "market";

    private static string Word(CarbonBoundary boundary) => boundary == CarbonBoundary.Lifecycle ? "lifecycle" : "direct";
}
