namespace GreenAI.Metering;

/// <summary>Whose work on this host counts as ours, where a counter covers the whole machine.</summary>
/// <remarks>It decides only how dynamic energy is split between us and others; the idle floor is kept apart in every scope.</remarks>
public enum EnergyScope
{
    /// <summary>This process only (the default). What its child processes and the rest of the host burn is other processes'.</summary>
    Process = 0,

    /// <summary>
    /// The control group (cgroup v2) of this process, that is its container, pod or service unit: short-lived child processes
    /// count as ours. Where there is none, it is this process only, and the detection report says so.
    /// </summary>
    Container,

    /// <summary>This host is ours alone: all dynamic energy of the machine is ours.</summary>
    Machine,
}
