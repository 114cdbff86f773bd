namespace GreenAI.Metering.Benchmarks;

/// <summary>How the same endpoint is served.</summary>
internal enum ThroughputArm
{
    /// <summary>Without metering.</summary>
    Bare,

    /// <summary>Without metering, once more: a measurement that tells the two apart proves nothing.</summary>
    BareAgain,

    /// <summary>Metered.</summary>
    Metered,

    /// <summary>Metered, admitted by a budget with a reservation, and with a listener to every instrument.</summary>
    Governed,

    /// <summary>Without metering, and slower by a microsecond: what the measurement has to notice.</summary>
    Slowed,
}
