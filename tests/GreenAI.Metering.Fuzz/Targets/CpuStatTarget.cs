namespace GreenAI.Metering.Fuzz;

/// <summary>A control group's <c>cpu.stat</c>.</summary>
internal sealed class CpuStatTarget : IFuzzTarget
{
    public string Name => "cpu-stat";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "usage_usec 123456789\nuser_usec 100\nsystem_usec 23\nnr_periods 0\n"u8.ToArray(),
        "usage_usec 999999999999999999\n"u8.ToArray(),
        "user_usec 1\nusage_usec 0\n"u8.ToArray(),
        "usage_usec\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        bool read = ProcessorText.TryFindValue(input, "usage_usec"u8, out long value);
        FuzzFailure.Unless(value >= 0 && (read || value == 0), "processor time is never negative");
        FuzzFailure.Unless(!read || input.IndexOf("usage_usec "u8) >= 0, "only the key that is there has a value");
    }
}
