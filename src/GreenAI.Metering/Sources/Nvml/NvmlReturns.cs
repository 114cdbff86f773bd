namespace GreenAI.Metering;

/// <summary>The one place where NVML return codes get their meaning.</summary>
internal static class NvmlReturns
{
    /// <summary>What the code asks of the caller. A code that is not known is taken as a passing trouble.</summary>
    public static NvmlReturnClass Classify(this NvmlReturn code) => code switch
    {
        NvmlReturn.Success => NvmlReturnClass.Ok,

        NvmlReturn.NotSupported or NvmlReturn.LibraryNotFound or NvmlReturn.FunctionNotFound or
        NvmlReturn.VgpuEccNotSupported or NvmlReturn.FreqNotSupported or NvmlReturn.ArgumentVersionMismatch or
        NvmlReturn.Deprecated or NvmlReturn.ResetTypeNotSupported => NvmlReturnClass.Unsupported,

        // OPERATING_SYSTEM: the control device is blocked by the system or a cgroup, which is a right that is missing.
        NvmlReturn.NoPermission or NvmlReturn.OperatingSystem => NvmlReturnClass.NoPermission,

        NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired or NvmlReturn.GpuNotFound => NvmlReturnClass.Lost,
        NvmlReturn.NoData or NvmlReturn.NotFound => NvmlReturnClass.NoData,
        NvmlReturn.DriverNotLoaded or NvmlReturn.LibRmVersionMismatch => NvmlReturnClass.DriverFault,

        // INVALID_ARGUMENT: our arguments are fixed, so what has become invalid is the handle.
        NvmlReturn.Uninitialized or NvmlReturn.InvalidArgument => NvmlReturnClass.StaleHandle,

        NvmlReturn.InsufficientSize => NvmlReturnClass.BufferTooSmall,
        _ => NvmlReturnClass.Retry,
    };

    /// <summary>How a sample tells that its reading failed this way.</summary>
    public static SampleFault ToFault(this NvmlReturnClass outcome) => outcome switch
    {
        NvmlReturnClass.Ok => SampleFault.None,
        NvmlReturnClass.Unsupported => SampleFault.NotSupported,
        NvmlReturnClass.NoPermission => SampleFault.NoPermission,
        NvmlReturnClass.Lost => SampleFault.Lost,
        NvmlReturnClass.NoData => SampleFault.NoData,
        _ => SampleFault.InputOutput,
    };
}
