using System.Text;

namespace GreenAI.Metering;

/// <summary>One session with NVML: its entry points, and <c>nvmlInit</c> balanced by <c>nvmlShutdown</c>.</summary>
/// <remarks>
/// A missing entry point answers <see cref="NvmlReturn.FunctionNotFound"/>, as does every call after <see cref="Dispose"/>.
/// Not thread-safe: detection, then one sampler uses it.
/// </remarks>
internal sealed unsafe class NvmlLibrary(NvmlFunctions functions) : IDisposable
{
    private NvmlFunctions _functions = functions;
    private bool _initialized;

    /// <summary>The entry point that makes the library unusable because it is missing; null when it is usable.</summary>
    public string? MissingExport => _functions.MissingExport;

    /// <summary>Opens the session; again only when NVML says that it is closed: then one is in force, not two.</summary>
    public NvmlReturn Initialize()
    {
        if (_functions.Init is null) return NvmlReturn.FunctionNotFound;
        NvmlReturn result = _functions.Init();
        _initialized = result == NvmlReturn.Success;
        return result;
    }

    public NvmlReturn GetDeviceCount(out uint count)
    {
        uint value = 0;
        NvmlReturn result = _functions.DeviceGetCount is null ? NvmlReturn.FunctionNotFound : _functions.DeviceGetCount(&value);
        count = value;
        return result;
    }

    public NvmlReturn GetHandle(uint index, out nint device)
    {
        nint value = 0;
        NvmlReturn result = _functions.DeviceGetHandleByIndex is null
            ? NvmlReturn.FunctionNotFound
            : _functions.DeviceGetHandleByIndex(index, &value);
        device = value;
        return result;
    }

    /// <summary>The board that a MIG instance, named by its <c>MIG-…</c> UUID, belongs to.</summary>
    public NvmlReturn GetParentOfMigInstance(string migUuid, out nint device)
    {
        device = 0;
        if (_functions.DeviceGetHandleByUuid is null || _functions.DeviceGetDeviceHandleFromMigDeviceHandle is null)
        {
            return NvmlReturn.FunctionNotFound;
        }

        // One byte stays 0, the terminator.
        byte* text = stackalloc byte[NvmlText.Capacity];
        if (!Encoding.ASCII.TryGetBytes(migUuid, new Span<byte>(text, NvmlText.Capacity - 1), out _)) return NvmlReturn.NotFound;
        nint instance = 0, parent = 0;
        NvmlReturn result = _functions.DeviceGetHandleByUuid(text, &instance);
        if (result == NvmlReturn.Success) result = _functions.DeviceGetDeviceHandleFromMigDeviceHandle(instance, &parent);
        device = parent;
        return result;
    }

    public NvmlReturn GetUuid(nint device, out string uuid) => GetText(_functions.DeviceGetUuid, device, out uuid);

    public NvmlReturn GetName(nint device, out string name) => GetText(_functions.DeviceGetName, device, out name);

    public NvmlReturn GetTotalEnergy(nint device, out ulong millijoules)
    {
        ulong value = 0;
        NvmlReturn result = _functions.DeviceGetTotalEnergyConsumption is null
            ? NvmlReturn.FunctionNotFound
            : _functions.DeviceGetTotalEnergyConsumption(device, &value);
        millijoules = value;
        return result;
    }

    public NvmlReturn GetPower(nint device, out uint milliwatts) =>
        GetNumber(_functions.DeviceGetPowerUsage, device, out milliwatts);

    /// <summary>Asks for several values in one call.</summary>
    /// <param name="device">The handle.</param>
    /// <param name="values">What is asked for; receives values, each with a return code that counts when the call itself succeeded.</param>
    public NvmlReturn GetFieldValues(nint device, Span<NvmlFieldValue> values)
    {
        if (_functions.DeviceGetFieldValues is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlFieldValue* start = values) return _functions.DeviceGetFieldValues(device, values.Length, start);
    }

    public NvmlReturn GetDefaultPowerLimit(nint device, out uint milliwatts) =>
        GetNumber(_functions.DeviceGetPowerManagementDefaultLimit, device, out milliwatts);

    public NvmlReturn GetEnforcedPowerLimit(nint device, out uint milliwatts) =>
        GetNumber(_functions.DeviceGetEnforcedPowerLimit, device, out milliwatts);

    /// <summary>Whether the board is split into MIG instances now. A board that cannot be split answers no.</summary>
    public bool IsMigEnabled(nint device)
    {
        if (_functions.DeviceGetMigMode is null) return false;
        uint current = 0, pending = 0;
        return _functions.DeviceGetMigMode(device, &current, &pending) == NvmlReturn.Success && current != 0;
    }

    public NvmlReturn GetUtilization(nint device, out NvmlUtilization utilization)
    {
        NvmlUtilization value = default;
        NvmlReturn result = _functions.DeviceGetUtilizationRates is null
            ? NvmlReturn.FunctionNotFound
            : _functions.DeviceGetUtilizationRates(device, &value);
        utilization = value;
        return result;
    }

    /// <summary>The processes with a compute context on the device.</summary>
    /// <param name="device">The handle.</param>
    /// <param name="buffer">Receives them.</param>
    /// <param name="count">How many there are, or how many entries the buffer needs.</param>
    public NvmlReturn GetClients(nint device, Span<NvmlProcessInfo> buffer, out uint count)
    {
        uint value = (uint)buffer.Length;
        NvmlReturn result = NvmlReturn.FunctionNotFound;
        if (_functions.DeviceGetComputeRunningProcesses is not null)
        {
            fixed (NvmlProcessInfo* start = buffer) result = _functions.DeviceGetComputeRunningProcesses(device, &value, start);
        }

        count = value;
        return result;
    }

    /// <summary>The utilisation samples of all processes that are newer than a time of the driver's clock.</summary>
    /// <param name="device">The handle.</param>
    /// <param name="buffer">Receives them; empty to ask how many entries are needed.</param>
    /// <param name="lastSeen">The timestamp of the newest sample seen, in microseconds.</param>
    /// <param name="count">How many there are, or how many entries the buffer needs.</param>
    public NvmlReturn GetProcessUtilization(
        nint device, Span<NvmlProcessUtilizationSample> buffer, ulong lastSeen, out uint count)
    {
        uint value = (uint)buffer.Length;
        NvmlReturn result = NvmlReturn.FunctionNotFound;
        if (_functions.DeviceGetProcessUtilization is not null)
        {
            fixed (NvmlProcessUtilizationSample* start = buffer)
            {
                result = _functions.DeviceGetProcessUtilization(device, start, &value, lastSeen);
            }
        }

        count = value;
        return result;
    }

    /// <summary>Closes the session, once.</summary>
    /// <remarks>
    /// The library stays loaded: the application may use NVML too, and a sampler that is just inside a call must find its
    /// code. What <c>nvmlShutdown</c> answers changes nothing: there is no session to mend.
    /// </remarks>
    public void Dispose()
    {
        NvmlFunctions functions = _functions;
        _functions = NvmlFunctions.None;
        if (_initialized && functions.Shutdown is not null) _ = functions.Shutdown();
        _initialized = false;
    }

    private static NvmlReturn GetNumber(delegate* unmanaged[Cdecl]<nint, uint*, NvmlReturn> call, nint device, out uint number)
    {
        uint value = 0;
        NvmlReturn result = call is null ? NvmlReturn.FunctionNotFound : call(device, &value);
        number = value;
        return result;
    }

    private static NvmlReturn GetText(delegate* unmanaged[Cdecl]<nint, byte*, uint, NvmlReturn> call, nint device, out string text)
    {
        text = "";
        if (call is null) return NvmlReturn.FunctionNotFound;
        byte* buffer = stackalloc byte[NvmlText.Capacity];
        NvmlReturn result = call(device, buffer, NvmlText.Capacity);
        if (result == NvmlReturn.Success) text = NvmlText.FromNative(new ReadOnlySpan<byte>(buffer, NvmlText.Capacity));
        return result;
    }
}
