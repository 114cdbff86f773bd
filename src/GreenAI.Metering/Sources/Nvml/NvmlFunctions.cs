using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>The NVML entry points as function pointers, null where the library has none. Tests hand in their own.</summary>
/// <remarks>Signatures: <c>nvml.h</c>, API version 13. A device handle is an opaque pointer.</remarks>
internal sealed unsafe class NvmlFunctions
{
    /// <summary>No entry point at all: each call answers <see cref="NvmlReturn.FunctionNotFound"/>.</summary>
    public static NvmlFunctions None { get; } = new();

    public delegate* unmanaged[Cdecl]<NvmlReturn> Init { get; init; }

    public delegate* unmanaged[Cdecl]<NvmlReturn> Shutdown { get; init; }

    public delegate* unmanaged[Cdecl]<uint*, NvmlReturn> DeviceGetCount { get; init; }

    public delegate* unmanaged[Cdecl]<uint, nint*, NvmlReturn> DeviceGetHandleByIndex { get; init; }

    public delegate* unmanaged[Cdecl]<byte*, nint*, NvmlReturn> DeviceGetHandleByUuid { get; init; }

    public delegate* unmanaged[Cdecl]<nint, nint*, NvmlReturn> DeviceGetDeviceHandleFromMigDeviceHandle { get; init; }

    public delegate* unmanaged[Cdecl]<nint, byte*, uint, NvmlReturn> DeviceGetUuid { get; init; }

    public delegate* unmanaged[Cdecl]<nint, byte*, uint, NvmlReturn> DeviceGetName { get; init; }

    public delegate* unmanaged[Cdecl]<nint, ulong*, NvmlReturn> DeviceGetTotalEnergyConsumption { get; init; }

    public delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn> DeviceGetPowerUsage { get; init; }

    /// <summary>The count is signed in the header.</summary>
    public delegate* unmanaged[Cdecl]<nint, int, NvmlFieldValue*, NvmlReturn> DeviceGetFieldValues { get; init; }

    public delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn> DeviceGetPowerManagementDefaultLimit { get; init; }

    public delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn> DeviceGetEnforcedPowerLimit { get; init; }

    public delegate* unmanaged[Cdecl]<nint, uint*, uint*, NvmlReturn> DeviceGetMigMode { get; init; }

    public delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, NvmlReturn> DeviceGetUtilizationRates { get; init; }

    public delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcessInfo*, NvmlReturn> DeviceGetComputeRunningProcesses { get; init; }

    public delegate* unmanaged[Cdecl]<nint, NvmlProcessUtilizationSample*, uint*, ulong, NvmlReturn> DeviceGetProcessUtilization
    {
        get;
        init;
    }

    /// <summary>The first entry point without which nothing can be metered and that is missing; null when all are there.</summary>
    public string? MissingExport =>
        Init is null ? "nvmlInit_v2" :
        DeviceGetCount is null ? "nvmlDeviceGetCount_v2" :
        DeviceGetHandleByIndex is null ? "nvmlDeviceGetHandleByIndex_v2" :
        DeviceGetUuid is null ? "nvmlDeviceGetUUID" : null;

    /// <summary>Looks the entry points up in a loaded library.</summary>
    public static NvmlFunctions FromModule(nint module) => new()
    {
        Init = (delegate* unmanaged[Cdecl]<NvmlReturn>)Find(module, "nvmlInit_v2"),
        Shutdown = (delegate* unmanaged[Cdecl]<NvmlReturn>)Find(module, "nvmlShutdown"),
        DeviceGetCount = (delegate* unmanaged[Cdecl]<uint*, NvmlReturn>)Find(module, "nvmlDeviceGetCount_v2"),
        DeviceGetHandleByIndex = (delegate* unmanaged[Cdecl]<uint, nint*, NvmlReturn>)Find(module, "nvmlDeviceGetHandleByIndex_v2"),
        DeviceGetHandleByUuid = (delegate* unmanaged[Cdecl]<byte*, nint*, NvmlReturn>)Find(module, "nvmlDeviceGetHandleByUUID"),
        DeviceGetDeviceHandleFromMigDeviceHandle =
            (delegate* unmanaged[Cdecl]<nint, nint*, NvmlReturn>)Find(module, "nvmlDeviceGetDeviceHandleFromMigDeviceHandle"),
        DeviceGetUuid = (delegate* unmanaged[Cdecl]<nint, byte*, uint, NvmlReturn>)Find(module, "nvmlDeviceGetUUID"),
        DeviceGetName = (delegate* unmanaged[Cdecl]<nint, byte*, uint, NvmlReturn>)Find(module, "nvmlDeviceGetName"),
        DeviceGetTotalEnergyConsumption =
            (delegate* unmanaged[Cdecl]<nint, ulong*, NvmlReturn>)Find(module, "nvmlDeviceGetTotalEnergyConsumption"),
        DeviceGetPowerUsage = (delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn>)Find(module, "nvmlDeviceGetPowerUsage"),
        DeviceGetFieldValues =
            (delegate* unmanaged[Cdecl]<nint, int, NvmlFieldValue*, NvmlReturn>)Find(module, "nvmlDeviceGetFieldValues"),
        DeviceGetPowerManagementDefaultLimit =
            (delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn>)Find(module, "nvmlDeviceGetPowerManagementDefaultLimit"),
        DeviceGetEnforcedPowerLimit =
            (delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn>)Find(module, "nvmlDeviceGetEnforcedPowerLimit"),
        DeviceGetMigMode = (delegate* unmanaged[Cdecl]<nint, uint*, uint*, NvmlReturn>)Find(module, "nvmlDeviceGetMigMode"),
        DeviceGetUtilizationRates =
            (delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, NvmlReturn>)Find(module, "nvmlDeviceGetUtilizationRates"),
        DeviceGetComputeRunningProcesses = (delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcessInfo*, NvmlReturn>)
            Find(module, "nvmlDeviceGetComputeRunningProcesses_v3"),
        DeviceGetProcessUtilization = (delegate* unmanaged[Cdecl]<nint, NvmlProcessUtilizationSample*, uint*, ulong, NvmlReturn>)
            Find(module, "nvmlDeviceGetProcessUtilization"),
    };

    private static void* Find(nint module, string name) =>
        NativeLibrary.TryGetExport(module, name, out nint address) ? (void*)address : null;
}
