namespace GreenAI.Metering;

/// <summary>Where a device's idle floor comes from.</summary>
public enum FloorSource
{
    /// <summary>No floor is known: nothing is booked as idle, and inferences' figures include idle power.</summary>
    Unknown = 0,

    /// <summary>Extrapolated from how power grew with concurrency; the host was never seen idle.</summary>
    Fitted,

    /// <summary>Measured while the host was idle.</summary>
    Observed,

    /// <summary>Stated by the device's description (a load model).</summary>
    Stated,
}
