using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>What <see cref="FakeNvml"/> answers for one board. Each test sets it up before and between readings.</summary>
internal sealed class FakeGpu
{
    public byte[] Uuid { get; set; } = [];
    public byte[] Name { get; set; } = [];

    /// <summary>Answers every call on the device when it is not Success.</summary>
    public NvmlReturn Every { get; set; }

    public NvmlReturn UuidResult { get; set; }
    public NvmlReturn EnergyResult { get; set; }
    public ulong Millijoules { get; set; } = 1_000;
    public int EnergyCalls { get; set; }

    /// <summary>How many calls for energy time out before they work.</summary>
    public int EnergyTroubles { get; set; }
    public NvmlReturn PowerResult { get; set; }
    public uint Milliwatts { get; set; } = 70_000;
    public int PowerCalls { get; set; }
    public NvmlReturn LimitResult { get; set; }
    public uint DefaultLimit { get; set; } = 700_000;
    public NvmlReturn EnforcedResult { get; set; }
    public uint EnforcedLimit { get; set; } = 500_000;
    public NvmlReturn MigResult { get; set; } = NvmlReturn.NotSupported;
    public bool Mig { get; set; }
    public NvmlReturn UtilizationResult { get; set; }
    public uint Utilization { get; set; } = 50;
    public int UtilizationCalls { get; set; }
    public NvmlReturn ClientsResult { get; set; }
    public uint[] Clients { get; set; } = [];
    public int ClientsCalls { get; set; }
    public NvmlReturn SamplesResult { get; set; }
    public NvmlProcessUtilizationSample[] Samples { get; set; } = [];
    public int SamplesCalls { get; set; }

    /// <summary>Says "too small" however large the buffer is.</summary>
    public bool NeverEnough { get; set; }

    /// <summary>What the whole batch of field values answers.</summary>
    public NvmlReturn BatchResult { get; set; }

    /// <summary>Items that do not answer as the board's calls do, by id and scope: a code, a type, the bytes.</summary>
    public Dictionary<(uint Field, uint Scope), (NvmlReturn Result, int Type, ulong Bits)> Items { get; } = [];

    /// <summary>The sizes of the batches asked for.</summary>
    public List<int> Batches { get; } = new(10_000);

    /// <summary>The items asked for, by id and scope, how often.</summary>
    public Dictionary<(uint Field, uint Scope), int> Asked { get; } = [];

    /// <summary>A superchip whose GPU has no readings of its own: its module tells energy and power.</summary>
    public static FakeGpu Module(string uuid)
    {
        FakeGpu gpu = Named(uuid, "NVIDIA GH200 480GB");
        (gpu.EnergyResult, gpu.PowerResult) = (NvmlReturn.NotSupported, NvmlReturn.NotSupported);
        gpu.Items[(191, 1)] = (NvmlReturn.Success, 3, 77_000);
        gpu.Items[(185, 1)] = (NvmlReturn.Success, 1, 450_000);
        return gpu;
    }

    public static FakeGpu Named(string uuid, string name = "NVIDIA H200") =>
        new() { Uuid = Encoding.ASCII.GetBytes(uuid), Name = Encoding.ASCII.GetBytes(name) };

    public static NvmlProcessUtilizationSample Sample(uint processId, uint sm, ulong timestamp) =>
        new() { ProcessId = processId, Sm = sm, Timestamp = timestamp };
}
