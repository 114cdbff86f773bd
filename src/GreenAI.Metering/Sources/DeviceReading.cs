namespace GreenAI.Metering;

/// <summary>How a device tells its energy.</summary>
public enum DeviceReading
{
    /// <summary>A cumulative energy counter that may wrap or be reset.</summary>
    EnergyCounter,

    /// <summary>Power only; the sampler integrates it over time.</summary>
    Power,
}
