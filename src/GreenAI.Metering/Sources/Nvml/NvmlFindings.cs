namespace GreenAI.Metering;

/// <summary>What detection tells a person about NVML, sentence by sentence.</summary>
internal static class NvmlFindings
{
    private const string Access =
        "Give this process access to the NVIDIA device files: run the container with the NVIDIA runtime, or add the service " +
        "to the group that owns /dev/nvidiactl and /dev/nvidia0.";

    /// <summary>No driver, or a machine without NVIDIA boards: the usual case.</summary>
    public static SourceFinding NoLibrary { get; } =
        Make(SourceStatus.NotFound, "The NVIDIA management library (NVML) is not installed.");

    public static SourceFinding MissingExport(string library, string export) => Make(
        SourceStatus.Failed,
        $"The NVIDIA management library {library} has no entry point {export}.",
        "Install the library that belongs to the NVIDIA driver of this machine.");

    /// <summary>The session could not be opened.</summary>
    public static SourceFinding NotStarted(NvmlReturn result) => result switch
    {
        NvmlReturn.DriverNotLoaded => Make(
            SourceStatus.Failed, "The NVIDIA driver is not loaded.", "Load it (modprobe nvidia), or install it."),
        NvmlReturn.LibRmVersionMismatch => Make(
            SourceStatus.Failed,
            "The NVIDIA library and the loaded kernel driver have different versions, as after a driver update.",
            "Reboot, or reload the NVIDIA kernel modules; in a container, start it again."),
        NvmlReturn.LibraryNotFound => Make(
            SourceStatus.NotFound, "The NVIDIA management library that was found is a stand-in without a driver behind it."),
        NvmlReturn.GpuNotFound => NoBoard,
        _ when result.Classify() == NvmlReturnClass.NoPermission => Make(
            SourceStatus.Unreadable, $"NVML may not be used by this process ({Describe(result)}).", Access),
        _ => Make(SourceStatus.Failed, $"NVML could not be started ({Describe(result)})."),
    };

    public static SourceFinding NoBoard { get; } = Make(SourceStatus.NotFound, "The NVIDIA driver lists no GPU.");

    /// <summary>A board that is listed but cannot be metered.</summary>
    public static SourceFinding NotMetered(string board, NvmlReturn result) => result.Classify() switch
    {
        NvmlReturnClass.NoPermission => Make(
            SourceStatus.Unreadable, $"{board} may not be read by this process ({Describe(result)}).", Access),
        NvmlReturnClass.Unsupported => Make(
            SourceStatus.NotFound, $"{board} has neither an energy counter nor a power reading ({Describe(result)})."),
        NvmlReturnClass.NoData => Make(
            SourceStatus.NotFound, $"{board} gives neither energy nor power ({Describe(result)})."),
        NvmlReturnClass.Lost => Make(
            SourceStatus.Failed,
            $"{board} is lost or must be reset ({Describe(result)}).",
            "Reset it (nvidia-smi --gpu-reset) or reboot, then start this process again."),
        _ => Make(SourceStatus.Failed, $"{board} failed ({Describe(result)})."),
    };

    /// <summary>A board without a reading of its own, whose module holds a processor that is metered.</summary>
    public static SourceFinding ContainsMeteredProcessor(string board) => Make(
        SourceStatus.NotNeeded,
        $"{board} tells only what its whole module draws, and the processor in it is metered already: both would count it twice.",
        "To meter the module instead, name nvml before the other sources in the option Sources.");

    /// <summary>A board without a reading of its own, beside another metered one.</summary>
    public static SourceFinding MayContainBoard(string board, string metered) => Make(
        SourceStatus.NotNeeded,
        $"{board} tells only what its whole module draws, which may contain {metered}: it is not added.",
        "To meter it instead, select it alone with the option GpuUuids.");

    /// <summary>Boards that are there but not selected.</summary>
    /// <param name="count">How many.</param>
    /// <param name="selection">Why; null when the finding of the boards that are metered tells it.</param>
    public static SourceFinding NotSelected(int count, NvmlSelection? selection) => Make(
        SourceStatus.Disabled,
        Join(count == 1 ? "1 GPU is not selected." : $"{count} GPUs are not selected.", selection?.Note),
        selection?.Remedy);

    public static SourceFinding Used(IReadOnlyList<PowerDevice> devices, NvmlSelection selection) => new()
    {
        Source = "nvml",
        Status = SourceStatus.Used,
        Reason = Join(devices.Count == 1 ? "1 GPU is metered." : $"{devices.Count} GPUs are metered.", selection.Note),
        Remedy = selection.Remedy,
        Devices = devices,
    };

    private static string Join(string first, string? second) => second is null ? first : $"{first} {second}";

    private static string Describe(NvmlReturn result) => $"NVML code {(int)result}";

    private static SourceFinding Make(SourceStatus status, string reason, string? remedy = null) =>
        new() { Source = "nvml", Status = status, Reason = reason, Remedy = remedy };
}
