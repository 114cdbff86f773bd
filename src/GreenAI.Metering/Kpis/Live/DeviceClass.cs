namespace GreenAI.Metering;

/// <summary>Classes of computing devices whose use is told apart.</summary>
internal enum DeviceClass
{
    /// <summary>The host's processors, as one device.</summary>
    Cpu,

    /// <summary>Graphics processors.</summary>
    Gpu,

    /// <summary>Other accelerators.</summary>
    Accelerator,
}
