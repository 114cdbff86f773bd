namespace GreenAI.Metering;

/// <summary>The sentences of the detection report about RAPL.</summary>
/// <remarks>
/// No remedy opens a counter to every user: fine-grained energy is a side channel (CVE-2020-8694, PLATYPUS), which is why
/// the kernel made <c>energy_uj</c> readable by root only in 5.10.
/// </remarks>
internal static class RaplReport
{
    public const string SourceName = "rapl";

    public const string SameNameRemark = "Another zone has the same name but a different counter: both are summed.";

    private const string AbsentRemedy =
        "In a container, mount the host's /sys read-only and set GreenAI:SysfsRoot to that folder, because container runtimes "
        + "hide powercap; on bare metal, load the module intel_rapl_msr; most virtual machines have no such counter.";

    private const string PermissionRemedy =
        "Let one group read it by a udev or tmpfiles.d rule "
        + "(tmpfiles.d: 'z /sys/class/powercap/intel-rapl:*/energy_uj 0440 root energy') and run the service in that group. "
        + "Or grant the service CAP_PERFMON (Linux 5.8 or later), with which the same counters are read through perf instead. "
        + "Do not open it to every user: fine-grained energy is a side channel (CVE-2020-8694).";

    public static SourceFinding Absent(string sysfsRoot) => Directory.Exists(sysfsRoot)
        ? Finding(
            SourceStatus.NotFound, $"There is no RAPL zone in class/powercap or devices/virtual/powercap under {sysfsRoot}.", AbsentRemedy)
        : Finding(
            SourceStatus.NotFound, $"SysfsRoot is {sysfsRoot}, which is not a folder.", "Set GreenAI:SysfsRoot to the folder where sysfs is mounted.");

    public static SourceFinding NothingToSum(IEnumerable<RaplZone> zones) => Finding(
        SourceStatus.NotFound, $"RAPL has no package or dram zone here, only {string.Join(", ", zones)}.");

    public static SourceFinding Used(IReadOnlyList<RaplZone> zones, IReadOnlyList<PowerDevice> devices) => new()
    {
        Source = SourceName,
        Status = SourceStatus.Used,
        Reason = $"Energy is the sum of {string.Join(", ", zones)}.",
        Devices = devices,
    };

    public static SourceFinding NoPermission(IEnumerable<RaplZone> zones) => Finding(
        SourceStatus.Unreadable,
        $"RAPL is present but this process may not read energy_uj of {string.Join(", ", zones)} (since Linux 5.10 only root may).",
        PermissionRemedy);

    public static SourceFinding Broken(IEnumerable<RaplProbe> probes) => Finding(
        SourceStatus.Failed,
        $"RAPL is present but reading energy_uj failed: {string.Join(", ", probes.Select(static probe => $"{probe.Zone}: {probe.Fault}"))}.");

    public static SourceFinding Platform(RaplZone zone) => Finding(
        SourceStatus.NotNeeded, $"The platform zone {zone} contains the packages and the memory: it is not added to them.");

    public static SourceFinding Unknown(RaplZone zone) => Finding(
        SourceStatus.NotNeeded, $"What the zone {zone} contains is not known: it is not summed.");

    public static SourceFinding MmioDuplicate(RaplZone zone) => Finding(
        SourceStatus.NotNeeded, $"The zone {zone} shows a counter that another control type shows too: it is counted once.");

    public static SourceFinding Mirror(RaplZone zone, RaplZone original) => Finding(
        SourceStatus.NotNeeded, $"The zone {zone} mirrors the counter of {original}: it is counted once.");

    public static SourceFinding SameName(string name, IEnumerable<RaplZone> zones) => Finding(
        SourceStatus.Used,
        $"Warning: several zones are named {name} but their counters differ, so all are summed: {string.Join(", ", zones)}.");

    private static SourceFinding Finding(SourceStatus status, string reason, string? remedy = null) =>
        new() { Source = SourceName, Status = status, Reason = reason, Remedy = remedy };
}
