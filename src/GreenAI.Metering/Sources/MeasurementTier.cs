namespace GreenAI.Metering;

/// <summary>Where a number comes from. A sum has the worst (lowest) tier of its parts.</summary>
public enum MeasurementTier : byte
{
    /// <summary>There is no number, only a reason.</summary>
    Unavailable = 0,

    /// <summary>Estimated from load by a published power model; its band says how roughly.</summary>
    Modelled = 1,

    /// <summary>Read from a hardware energy or power counter.</summary>
    Measured = 2,
}
