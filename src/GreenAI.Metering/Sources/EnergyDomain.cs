namespace GreenAI.Metering;

/// <summary>What a counter covers.</summary>
public enum EnergyDomain
{
    /// <summary>A processor socket: cores, caches, integrated graphics and memory controller.</summary>
    CpuPackage,

    /// <summary>Main memory, outside the package counter.</summary>
    Dram,

    /// <summary>A discrete graphics processor, board level.</summary>
    Gpu,

    /// <summary>The whole platform as its firmware measures it. It contains processors, memory and boards: never added to them.</summary>
    Platform,

    /// <summary>Any other accelerator.</summary>
    Accelerator,
}
