namespace GreenAI.Metering;

/// <summary>What a field value covers (<c>NVML_POWER_SCOPE_…</c>).</summary>
internal enum NvmlScope : uint
{
    /// <summary>The board; of a superchip, its GPU with the GPU's memory.</summary>
    Gpu = 0,

    /// <summary>The module: the GPU, and NVIDIA's processor (Grace) with its memory. It contains <see cref="Gpu"/>.</summary>
    Module = 1,
}
