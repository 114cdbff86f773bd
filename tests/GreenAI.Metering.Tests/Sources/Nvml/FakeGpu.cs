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

    public static FakeGpu Named(string uuid, string name = "NVIDIA H200") =>
        new() { Uuid = Encoding.ASCII.GetBytes(uuid), Name = Encoding.ASCII.GetBytes(name) };

    public static NvmlProcessUtilizationSample Sample(uint processId, uint sm, ulong timestamp) =>
        new() { ProcessId = processId, Sm = sm, Timestamp = timestamp };
}
