namespace GreenAI.Metering;

/// <summary>Field ids of <c>nvmlDeviceGetFieldValues</c> (<c>nvml.h</c>, <c>NVML_FI_DEV_…</c>).</summary>
internal enum NvmlField : uint
{
    /// <summary>No field: the reading has a call of its own.</summary>
    None = 0,

    /// <summary>Energy of the board in millijoules since the driver was loaded.</summary>
    TotalEnergyConsumption = 83,

    /// <summary>Power in milliwatts, averaged over 1 s; Ampere and later, not GA100.</summary>
    PowerAverage = 185,

    /// <summary>Power in milliwatts at the moment.</summary>
    PowerInstant = 186,

    /// <summary>Energy of a scope in millijoules since the driver was loaded; of the GPU, the same as field 83.</summary>
    Energy = 191,
}
