namespace GreenAI.Metering.Fuzz;

/// <summary>The processor lines of <c>/proc/stat</c>.</summary>
internal sealed class ProcessorLinesTarget : IFuzzTarget
{
    public string Name => "proc-stat-processors";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "cpu  9 9 9 9 9 9 9\ncpu0 1 2 3 4\ncpu1 1 2 3 4\ncpu10 1 2 3 4\nintr 1234 5\nctxt 7\n"u8.ToArray(),
        "cpu0\ncpu1\n"u8.ToArray(),
        "\n\n\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input) => FuzzFailure.Unless(
        ProcessorText.CountProcessorLines(input) is >= 0 and int count && count <= Math.Min(input.Count((byte)'\n'), ProcessorText.MaxProcessors),
        "there is a line for each processor");
}
