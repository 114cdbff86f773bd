using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The few entry points of the CUDA driver that a load needs. Each returns a <c>CUresult</c>, 0 for success.</summary>
/// <remarks>Signatures: <c>cuda.h</c>. The <c>_v2</c> names are what its macros make of the plain ones since CUDA 4.</remarks>
internal sealed unsafe class CudaDriver
{
    public required delegate* unmanaged[Cdecl]<uint, int> Init { get; init; }

    public required delegate* unmanaged[Cdecl]<int*, int> DeviceGetCount { get; init; }

    public required delegate* unmanaged[Cdecl]<int*, int, int> DeviceGet { get; init; }

    public required delegate* unmanaged[Cdecl]<int*, int, int, int> DeviceGetAttribute { get; init; }

    public required delegate* unmanaged[Cdecl]<void**, uint, int, int> CtxCreate { get; init; }

    public required delegate* unmanaged[Cdecl]<void*, int> CtxDestroy { get; init; }

    public required delegate* unmanaged[Cdecl]<int> CtxSynchronize { get; init; }

    public required delegate* unmanaged[Cdecl]<void**, byte*, int> ModuleLoadData { get; init; }

    public required delegate* unmanaged[Cdecl]<void**, void*, byte*, int> ModuleGetFunction { get; init; }

    public required delegate* unmanaged[Cdecl]<ulong*, nuint, int> MemAlloc { get; init; }

    public required delegate* unmanaged[Cdecl]<
        void*, uint, uint, uint, uint, uint, uint, uint, void*, void**, void**, int> LaunchKernel
    { get; init; }

    /// <summary>Loads the driver's library; false, with the reason, where there is none or it lacks an entry point.</summary>
    public static bool TryLoad(IReadOnlyList<string> candidates, [NotNullWhen(true)] out CudaDriver? driver, out string refusal)
    {
        driver = null;
        refusal = $"there is no CUDA driver library ({string.Join(", ", candidates)})";
        nint module = 0;
        if (!candidates.Any(candidate => NativeLibrary.TryLoad(candidate, out module))) return false;
        string? missing = null;
        void* Find(string name)
        {
            if (NativeLibrary.TryGetExport(module, name, out nint address)) return (void*)address;
            missing ??= name;
            return null;
        }

        driver = new CudaDriver
        {
            Init = (delegate* unmanaged[Cdecl]<uint, int>)Find("cuInit"),
            DeviceGetCount = (delegate* unmanaged[Cdecl]<int*, int>)Find("cuDeviceGetCount"),
            DeviceGet = (delegate* unmanaged[Cdecl]<int*, int, int>)Find("cuDeviceGet"),
            DeviceGetAttribute = (delegate* unmanaged[Cdecl]<int*, int, int, int>)Find("cuDeviceGetAttribute"),
            CtxCreate = (delegate* unmanaged[Cdecl]<void**, uint, int, int>)Find("cuCtxCreate_v2"),
            CtxDestroy = (delegate* unmanaged[Cdecl]<void*, int>)Find("cuCtxDestroy_v2"),
            CtxSynchronize = (delegate* unmanaged[Cdecl]<int>)Find("cuCtxSynchronize"),
            ModuleLoadData = (delegate* unmanaged[Cdecl]<void**, byte*, int>)Find("cuModuleLoadData"),
            ModuleGetFunction = (delegate* unmanaged[Cdecl]<void**, void*, byte*, int>)Find("cuModuleGetFunction"),
            MemAlloc = (delegate* unmanaged[Cdecl]<ulong*, nuint, int>)Find("cuMemAlloc_v2"),
            LaunchKernel = (delegate* unmanaged[Cdecl]<
                void*, uint, uint, uint, uint, uint, uint, uint, void*, void**, void**, int>)Find("cuLaunchKernel"),
        };
        if (missing is null) return true;
        refusal = $"the CUDA driver library has no entry point {missing}";
        driver = null;
        return false;
    }
}
