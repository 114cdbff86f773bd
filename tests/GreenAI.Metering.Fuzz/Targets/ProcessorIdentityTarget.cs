namespace GreenAI.Metering.Fuzz;

/// <summary><c>/proc/cpuinfo</c>, and the coefficients that follow from it.</summary>
internal sealed class ProcessorIdentityTarget : IFuzzTarget
{
    public string Name => "cpuinfo";

    public int Inputs => 300_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Xeon\nstepping\t: 7\n\nprocessor\t: 1\n"u8.ToArray(),
        "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nstepping\t: 1\n\n"u8.ToArray(),
        "processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        Microarchitecture architecture = ProcessorIdentity.Parse(input).Microarchitecture;
        FuzzFailure.Unless(Enum.IsDefined(architecture), "an identity is one of those that are known, or Unknown");
    }
}
