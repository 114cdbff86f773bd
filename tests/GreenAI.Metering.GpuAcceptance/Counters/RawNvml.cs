using System.Runtime.InteropServices;
using System.Text;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>NVML's total energy, asked directly: a session and a binding of its own, so that it shares nothing with what it judges.</summary>
/// <remarks>Signatures: <c>nvml.h</c>, API version 13.</remarks>
internal sealed unsafe class RawNvml : IDisposable
{
    private readonly delegate* unmanaged[Cdecl]<int> _shutdown;
    private readonly delegate* unmanaged[Cdecl]<byte*, uint, int> _driverVersion;
    private readonly delegate* unmanaged[Cdecl]<byte*, void**, int> _handleByUuid;
    private readonly delegate* unmanaged[Cdecl]<void*, ulong*, int> _totalEnergy;
    private readonly bool _open;

    public RawNvml(IReadOnlyList<string> candidates)
    {
        nint module = 0;
        if (!candidates.Any(candidate => NativeLibrary.TryLoad(candidate, out module))) return;
        var init = (delegate* unmanaged[Cdecl]<int>)Find(module, "nvmlInit_v2");
        _shutdown = (delegate* unmanaged[Cdecl]<int>)Find(module, "nvmlShutdown");
        _driverVersion = (delegate* unmanaged[Cdecl]<byte*, uint, int>)Find(module, "nvmlSystemGetDriverVersion");
        _handleByUuid = (delegate* unmanaged[Cdecl]<byte*, void**, int>)Find(module, "nvmlDeviceGetHandleByUUID");
        _totalEnergy = (delegate* unmanaged[Cdecl]<void*, ulong*, int>)Find(module, "nvmlDeviceGetTotalEnergyConsumption");
        _open = init is not null && init() == 0;
    }

    /// <summary>The driver's version; what NVML answered when it tells none.</summary>
    public string DriverVersion
    {
        get
        {
            if (!_open || _driverVersion is null) return "unknown";
            byte* text = stackalloc byte[96];
            int code = _driverVersion(text, 96);
            if (code != 0) return $"unknown (NVML code {code})";
            var bytes = new ReadOnlySpan<byte>(text, 96);
            int end = bytes.IndexOf((byte)0);
            string version = Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
            return string.Concat(version.Select(c => char.IsControl(c) ? '?' : c));
        }
    }

    /// <summary>Finds a board by its UUID.</summary>
    /// <returns>The handle, or 0.</returns>
    public nint Find(string uuid)
    {
        if (!_open || _handleByUuid is null) return 0;
        void* handle = null;
        fixed (byte* text = Encoding.ASCII.GetBytes(uuid + '\0'))
        {
            return _handleByUuid(text, &handle) == 0 ? (nint)handle : 0;
        }
    }

    /// <summary>The counter in millijoules as NVML tells it; false when it tells none.</summary>
    public bool TryRead(nint device, out ulong millijoules)
    {
        millijoules = 0;
        if (_totalEnergy is null || device == 0) return false;
        fixed (ulong* value = &millijoules) return _totalEnergy((void*)device, value) == 0;
    }

    public void Dispose()
    {
        // What shutting down answers changes nothing: the process ends.
        if (_open && _shutdown is not null) _ = _shutdown();
    }

    private static void* Find(nint module, string name) =>
        NativeLibrary.TryGetExport(module, name, out nint address) ? (void*)address : null;
}
