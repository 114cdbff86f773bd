namespace GreenAI.Metering;

/// <summary>Which NVIDIA boards are metered, and who we are on them.</summary>
internal sealed class NvmlOptions
{
    /// <summary>UUIDs (<c>GPU-…</c>, <c>MIG-…</c>, or a prefix that fits one board) of the boards to meter.</summary>
    /// <value>Null: <see cref="CudaVisibleDevices"/> decides.</value>
    public IReadOnlyList<string>? Uuids { get; init; }

    /// <summary>The value of <c>CUDA_VISIBLE_DEVICES</c> as the caller read it.</summary>
    /// <value>Null: the variable is not set, each board is metered.</value>
    public string? CudaVisibleDevices { get; init; }

    /// <summary>Whether a meter of the processors runs: then a board that tells only what its whole module draws is not added.</summary>
    /// <value>False.</value>
    public bool ProcessorMetered { get; init; }

    /// <summary>The process whose share of a board is told.</summary>
    /// <value>This process.</value>
    public uint ProcessId { get; init; } = (uint)Environment.ProcessId;
}
