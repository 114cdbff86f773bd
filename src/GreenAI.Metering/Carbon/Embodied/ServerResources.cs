namespace GreenAI.Metering;

/// <summary>Resources of a server, all of them or those reserved.</summary>
/// <remarks>Immutable. Parts of one count: a seventh of a GPU, half a CPU.</remarks>
public readonly record struct ServerResources
{
    /// <summary>Accelerators.</summary>
    public double Accelerators { get; init; }

    /// <summary>CPUs, as the provider counts them: the same unit on both sides of a share.</summary>
    public double Cpus { get; init; }

    /// <summary>
    /// The part of a server that this reservation holds (SCI's RR / ToR): by accelerators where the server has any, else by CPUs. One of eight
    /// GPUs with half of the CPUs is an eighth: the accelerators are what such a server is made for, and what its CPUs wait on.
    /// </summary>
    /// <param name="server">What the server has.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The server has neither, a count is negative, or more is reserved than there is.</exception>
    public double ShareOf(ServerResources server) => server.Accelerators > 0
        ? Share(Accelerators, server.Accelerators, "accelerators", nameof(server))
        : server.Cpus > 0
            ? Share(Cpus, server.Cpus, "CPUs", nameof(server))
            : throw new ArgumentOutOfRangeException(nameof(server), server, "A server must have CPUs or accelerators.");

    private static double Share(double reserved, double total, string what, string parameter) =>
        reserved >= 0 && reserved <= total && double.IsFinite(total)
            ? reserved / total
            : throw new ArgumentOutOfRangeException(parameter, reserved, FormattableString.Invariant($"From 0 to {total} {what} can be reserved."));
}
