namespace GreenAI.Metering;

/// <summary>What a <see cref="PowerSample"/> holds, and how its interval was closed.</summary>
[Flags]
public enum SampleFlags : byte
{
    /// <summary>Nothing: the reading failed.</summary>
    None = 0,

    /// <summary><see cref="PowerSample.Microjoules"/> is valid.</summary>
    Energy = 1,

    /// <summary><see cref="PowerSample.Milliwatts"/> is valid.</summary>
    Power = 2,

    /// <summary>The interval that ends here has no exact energy (reset, implausible value, several wraps): it is not covered.</summary>
    Hole = 4,

    /// <summary>Readings failed inside the interval that ends here, yet the counter tells its whole energy.</summary>
    Bridged = 8,

    /// <summary>The counter may have wrapped more than once: the energy of the interval is a lower bound.</summary>
    LowerBound = 16,
}
