using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The sentences of the detection report about the perf PMU <c>power</c>.</summary>
internal static class PerfReport
{
    public const string SourceName = "perf";

    private const string PermissionRemedy =
        "Grant the service CAP_PERFMON (Linux 5.8 or later; systemd: AmbientCapabilities=CAP_PERFMON; containers: --cap-add PERFMON), "
        + "before 5.8 CAP_SYS_ADMIN. A kernel.perf_event_paranoid of 0 or less would do too, but opens the counters to every user of "
        + "the host: fine-grained energy is a side channel (CVE-2020-8694).";

    public static SourceFinding Absent(string sysfsRoot) => Finding(
        SourceStatus.NotFound,
        $"There is no perf PMU power in bus/event_source/devices under {sysfsRoot}.",
        "On bare metal of Intel or AMD, load the module rapl (intel-rapl-perf before Linux 5.8); virtual machines have no such counter.");

    public static SourceFinding Unusable(string refusal) => Finding(
        SourceStatus.Failed, $"The perf PMU power does not describe itself as a kernel's does: {refusal}");

    public static SourceFinding Used(IEnumerable<PerfCounter> counters, IReadOnlyList<PowerDevice> devices) => new()
    {
        Source = SourceName,
        Status = SourceStatus.Used,
        Reason = $"Energy is the sum of {string.Join(", ", counters.Select(static counter => Text($"{counter.Energy.Name} on cpu {counter.Place.Processor}")))}.",
        Devices = devices,
    };

    /// <summary>Why an event could not be opened or read.</summary>
    public static SourceFinding Refused(PerfEnergyEvent energy, IReadOnlyList<PerfPlace> places, int error, string procRoot)
    {
        string what = Text($"{energy.Name} on cpu {string.Join(", ", places.Select(static place => place.Processor))}");
        return error switch
        {
            PerfError.AccessDenied => Finding(
                SourceStatus.Unreadable,
                $"The kernel denies {what} to this process (EACCES); {Paranoid(procRoot)}.",
                PermissionRemedy),
            PerfError.NotPermitted => Finding(
                SourceStatus.Unreadable,
                $"The kernel does not permit {what} to this process (EPERM); {Paranoid(procRoot)}, and a container's seccomp profile may forbid it too.",
                PermissionRemedy),
            PerfError.NoEntry => Finding(
                SourceStatus.Failed, $"The kernel lists {what} but does not have it on this processor (ENOENT)."),
            PerfError.NoDevice or PerfError.NoDeviceOrAddress => Finding(
                SourceStatus.Failed, $"The processor or the PMU of {what} is gone (ENODEV): it went offline or its module was unloaded."),
            PerfError.Invalid => Finding(
                SourceStatus.Failed, $"The kernel takes the description of {what} for invalid (EINVAL), as some do for events a processor lacks."),
            PerfError.ProcessFilesFull => Finding(
                SourceStatus.Failed,
                $"This process has no room for another open file, which {what} needs (EMFILE).",
                "Raise the limit of open files (ulimit -n; systemd: LimitNOFILE)."),
            PerfError.SystemFilesFull => Finding(
                SourceStatus.Failed, $"The system has no room for another open file, which {what} needs (ENFILE).", "Raise fs.file-max."),
            PerfError.NoSystemCall => Finding(
                SourceStatus.Failed, $"This system has no perf_event_open for {what} (ENOSYS, or neither x86-64 nor Arm64)."),
            _ => Finding(SourceStatus.Failed, Text($"Opening or reading {what} failed with error {error}.")),
        };
    }

    private static string Paranoid(string procRoot) =>
        KernelSnapshot.TryReadLabel(Path.Combine(procRoot, "sys", "kernel", "perf_event_paranoid")) is { } level
            ? $"kernel.perf_event_paranoid is {level}"
            : "kernel.perf_event_paranoid cannot be read";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static SourceFinding Finding(SourceStatus status, string reason, string? remedy = null) =>
        new() { Source = SourceName, Status = status, Reason = reason, Remedy = remedy };
}
