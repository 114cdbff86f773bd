namespace GreenAI.Metering.Fuzz;

/// <summary>A control group's <c>cpu.max</c>.</summary>
internal sealed class QuotaTarget : IFuzzTarget
{
    public string Name => "cpu-max";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "max 100000\n"u8.ToArray(), "200000 100000\n"u8.ToArray(), "50000 100000\n"u8.ToArray(), "1 1000000\n"u8.ToArray(), "0 0\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        bool read = ProcessorText.TryParseQuota(input, out double processors);
        FuzzFailure.Unless(processors > 0 && (read || double.IsPositiveInfinity(processors)), "a limit is above 0, and there is none where none was read");
    }
}
