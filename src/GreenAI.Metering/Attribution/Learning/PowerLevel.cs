namespace GreenAI.Metering;

/// <summary>What an inference draws from a device, whatever its model.</summary>
/// <param name="Pooled">Watts of one of relative weight 1: what declared weights are relative to.</param>
/// <param name="Mean">Watts of one, declared weights apart: what is large and what is small on this device.</param>
internal readonly record struct PowerLevel(double Pooled, double Mean)
{
    // Hours at the floor let the level decay without end; below this nothing is left to tell apart.
    private const double Least = 1e-9;

    /// <summary>Whether anything above the floor was seen.</summary>
    public bool IsKnown => Mean >= Least && Pooled > 0;
}
