namespace GreenAI.Metering;

/// <summary>Resources of a server, all of them or those reserved.</summary>
/// <remarks>Immutable. Parts of one count: a seventh of a GPU, half a CPU.</remarks>
public readonly record struct ServerResources
{
    /// <summary>Accelerators.</summary>
    public double Accelerators { get; init; }

    /// <summary>CPUs, as the provider counts them: the same unit on both sides of a share.</summary>
    public double Cpus { get; init; }
}
