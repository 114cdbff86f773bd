using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

/// <summary>NVML as a table of managed functions that native code could call. Its state is static: one collection of tests.</summary>
internal static unsafe class FakeNvml
{
    /// <summary>Handles are this plus the index; a driver reload moves it, so that old handles are invalid.</summary>
    private static nint _firstHandle = 1000;

    public static List<FakeGpu> Gpus { get; } = [];
    public static NvmlReturn InitResult { get; set; }
    public static NvmlReturn CountResult { get; set; }
    public static uint? Count { get; set; }
    public static int InitCalls { get; private set; }
    public static int ShutdownCalls { get; private set; }
    public static int CountCalls { get; private set; }
    public static bool Open { get; set; }

    /// <summary>Whether the library has field values, or is one of before them.</summary>
    public static bool HasFieldValues { get; set; } = true;

    /// <summary>The instance UUID that the fake knows, and the index of its board.</summary>
    public static (string Uuid, int Board)? MigInstance { get; set; }

    public static NvmlFunctions Functions => new()
    {
        Init = &Init,
        Shutdown = &Shutdown,
        DeviceGetCount = &GetCount,
        DeviceGetHandleByIndex = &GetHandle,
        DeviceGetHandleByUuid = &GetHandleByUuid,
        DeviceGetDeviceHandleFromMigDeviceHandle = &GetParent,
        DeviceGetUuid = &GetUuid,
        DeviceGetName = &GetName,
        DeviceGetTotalEnergyConsumption = &GetEnergy,
        DeviceGetPowerUsage = &GetPower,
        DeviceGetFieldValues = HasFieldValues ? &GetFieldValues : null,
        DeviceGetPowerManagementDefaultLimit = &GetDefaultLimit,
        DeviceGetEnforcedPowerLimit = &GetEnforcedLimit,
        DeviceGetMigMode = &GetMig,
        DeviceGetUtilizationRates = &GetUtilization,
        DeviceGetComputeRunningProcesses = &GetClients,
        DeviceGetProcessUtilization = &GetSamples,
    };

    /// <summary>The table of a library that has only what it cannot do without.</summary>
    public static NvmlFunctions Bare => new()
    {
        Init = &Init,
        DeviceGetCount = &GetCount,
        DeviceGetHandleByIndex = &GetHandle,
        DeviceGetUuid = &GetUuid,
    };

    /// <summary>A library that has the energy counter and nothing else that is optional.</summary>
    public static NvmlFunctions CounterOnly => new()
    {
        Init = &Init,
        Shutdown = &Shutdown,
        DeviceGetCount = &GetCount,
        DeviceGetHandleByIndex = &GetHandle,
        DeviceGetUuid = &GetUuid,
        DeviceGetTotalEnergyConsumption = &GetEnergy,
    };

    public static void Reset(params FakeGpu[] gpus)
    {
        Gpus.Clear();
        Gpus.AddRange(gpus);
        (InitResult, CountResult, Count, MigInstance) = (NvmlReturn.Success, NvmlReturn.Success, null, null);
        (InitCalls, ShutdownCalls, CountCalls, Open, _firstHandle) = (0, 0, 0, false, 1000);
    }

    /// <summary>What a driver reload leaves: no session, other handles, another order.</summary>
    public static void ReloadDriver()
    {
        Open = false;
        _firstHandle += 1000;
        Gpus.Reverse();
    }

    private static FakeGpu? Find(nint handle) =>
        Open && handle >= _firstHandle && handle - _firstHandle < Gpus.Count ? Gpus[(int)(handle - _firstHandle)] : null;

    private static NvmlReturn Answer(FakeGpu? gpu, NvmlReturn own) =>
        !Open ? NvmlReturn.Uninitialized :
        gpu is null ? NvmlReturn.InvalidArgument :
        gpu.Every != NvmlReturn.Success ? gpu.Every : own;

    private static NvmlReturn Write(FakeGpu? gpu, NvmlReturn own, uint value, uint* target)
    {
        NvmlReturn result = Answer(gpu, own);
        if (result == NvmlReturn.Success) *target = value;
        return result;
    }

    // As a careless driver does it: no terminator when the text fills the buffer.
    private static NvmlReturn Write(FakeGpu? gpu, NvmlReturn own, byte[]? text, byte* target, uint length)
    {
        NvmlReturn result = Answer(gpu, own);
        if (result != NvmlReturn.Success) return result;
        var span = new Span<byte>(target, (int)length);
        if (text!.Length < length)
        {
            text.CopyTo(span);
            span[text.Length] = 0;
        }
        else
        {
            text.AsSpan(0, (int)length).CopyTo(span);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn Init()
    {
        InitCalls++;
        Open |= InitResult == NvmlReturn.Success;
        return InitResult;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn Shutdown()
    {
        ShutdownCalls++;
        Open = false;
        return NvmlReturn.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetCount(uint* count)
    {
        CountCalls++;
        *count = Count ?? (uint)Gpus.Count;
        return !Open ? NvmlReturn.Uninitialized : CountResult;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetHandle(uint index, nint* device)
    {
        *device = _firstHandle + (nint)index;
        return Answer(index < Gpus.Count ? Gpus[(int)index] : null, NvmlReturn.Success);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetHandleByUuid(byte* uuid, nint* device)
    {
        if (MigInstance is not { } instance || Marshal.PtrToStringAnsi((nint)uuid) != instance.Uuid) return NvmlReturn.NotFound;
        *device = 77;
        return NvmlReturn.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetParent(nint mig, nint* device)
    {
        if (mig != 77 || MigInstance is not { } instance) return NvmlReturn.InvalidArgument;
        *device = _firstHandle + instance.Board;
        return NvmlReturn.Success;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetUuid(nint device, byte* text, uint length) =>
        Find(device) is { } gpu ? Write(gpu, gpu.UuidResult, gpu.Uuid, text, length) : Answer(null, NvmlReturn.Success);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetName(nint device, byte* text, uint length) =>
        Write(Find(device), NvmlReturn.Success, Find(device)?.Name, text, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetEnergy(nint device, ulong* millijoules)
    {
        FakeGpu? gpu = Find(device);
        NvmlReturn result = Answer(gpu, gpu?.EnergyResult ?? default);
        if (gpu is not null) gpu.EnergyCalls++;
        if (gpu is { EnergyTroubles: > 0 })
        {
            gpu.EnergyTroubles--;
            return NvmlReturn.Timeout;
        }

        if (result == NvmlReturn.Success) *millijoules = gpu!.Millijoules;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetPower(nint device, uint* milliwatts)
    {
        FakeGpu? gpu = Find(device);
        if (gpu is not null) gpu.PowerCalls++;
        return Write(gpu, gpu?.PowerResult ?? default, gpu?.Milliwatts ?? 0, milliwatts);
    }

    // Items are written at the offsets of the header, not through the struct under test.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetFieldValues(nint device, int count, NvmlFieldValue* values)
    {
        FakeGpu? gpu = Find(device);
        NvmlReturn result = Answer(gpu, gpu?.BatchResult ?? default);
        gpu?.Batches.Add(count);
        if (result != NvmlReturn.Success)
        {
            if (gpu is not null) gpu.EnergyCalls++;
            return result;
        }

        for (int i = 0; i < count; i++)
        {
            byte* item = (byte*)values + (40 * i);
            (uint field, uint scope) = (*(uint*)item, *(uint*)(item + 4));
            gpu!.Asked[(field, scope)] = gpu.Asked.GetValueOrDefault((field, scope)) + 1;
            (NvmlReturn code, int type, ulong bits) = Answer(gpu, field, scope);
            *(long*)(item + 8) = 1_700_000_000_000_000;
            *(int*)(item + 24) = type;
            *(NvmlReturn*)(item + 28) = code;
            *(ulong*)(item + 32) = bits;
        }

        return result;
    }

    private static (NvmlReturn Result, int Type, ulong Bits) Answer(FakeGpu gpu, uint field, uint scope)
    {
        if (gpu.Items.TryGetValue((field, scope), out (NvmlReturn, int, ulong) item)) return item;
        switch (field, scope)
        {
            case (83, 0) or (191, 0):
                gpu.EnergyCalls++;
                if (gpu.EnergyTroubles == 0) return (gpu.EnergyResult, 3, gpu.Millijoules);
                gpu.EnergyTroubles--;
                return (NvmlReturn.Timeout, 0, 0);
            case (185, 0) or (186, 0):
                gpu.PowerCalls++;
                return (gpu.PowerResult, 1, 0xDEAD_BEEF_0000_0000 | gpu.Milliwatts);
            default:
                return (NvmlReturn.NotSupported, 0, 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetDefaultLimit(nint device, uint* milliwatts) =>
        Write(Find(device), Find(device)?.LimitResult ?? default, Find(device)?.DefaultLimit ?? 0, milliwatts);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetEnforcedLimit(nint device, uint* milliwatts) =>
        Write(Find(device), Find(device)?.EnforcedResult ?? default, Find(device)?.EnforcedLimit ?? 0, milliwatts);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetMig(nint device, uint* current, uint* pending)
    {
        *pending = 0;
        FakeGpu? gpu = Find(device);
        return Write(gpu, gpu?.MigResult ?? default, gpu is { Mig: true } ? 1u : 0u, current);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetUtilization(nint device, NvmlUtilization* utilization)
    {
        FakeGpu? gpu = Find(device);
        NvmlReturn result = Answer(gpu, gpu?.UtilizationResult ?? default);
        if (gpu is not null) gpu.UtilizationCalls++;
        if (result == NvmlReturn.Success) utilization->Gpu = gpu!.Utilization;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetClients(nint device, uint* count, NvmlProcessInfo* clients)
    {
        FakeGpu? gpu = Find(device);
        NvmlReturn result = Answer(gpu, gpu?.ClientsResult ?? default);
        if (gpu is not null) gpu.ClientsCalls++;
        if (result != NvmlReturn.Success) return result;
        uint room = *count;
        *count = (uint)gpu!.Clients.Length;
        if (gpu.NeverEnough || gpu.Clients.Length > room) return NvmlReturn.InsufficientSize;
        for (int i = 0; i < gpu.Clients.Length; i++) clients[i] = new NvmlProcessInfo { ProcessId = gpu.Clients[i] };
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static NvmlReturn GetSamples(nint device, NvmlProcessUtilizationSample* samples, uint* count, ulong lastSeen)
    {
        FakeGpu? gpu = Find(device);
        NvmlReturn result = Answer(gpu, gpu?.SamplesResult ?? default);
        if (gpu is not null) gpu.SamplesCalls++;
        if (result != NvmlReturn.Success) return result;
        uint room = *count;
        *count = (uint)gpu!.Samples.Length;
        if (gpu.Samples.Length == 0) return NvmlReturn.NotFound;
        if (samples is null || gpu.Samples.Length > room) return NvmlReturn.InsufficientSize;
        for (int i = 0; i < gpu.Samples.Length; i++) samples[i] = gpu.Samples[i];
        return result;
    }
}
