namespace GreenAI.Metering.Fuzz;

/// <summary>The first line of <c>/proc/stat</c>.</summary>
internal sealed class BusyTicksTarget : IFuzzTarget
{
    public string Name => "proc-stat";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "cpu  1016204 2178 391270 45218344 33219 0 9172 0 0 0\ncpu0 1 2 3\n"u8.ToArray(),
        "cpu  100 0 50 1000 5 1 2 3 0 0\n"u8.ToArray(),
        "cpu  99999999999999 1 1 1 1 1 1 1 1 1\n"u8.ToArray(),
        "cpu 1 2 3 4 5 6 7\nintr 5\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        bool read = ProcessorText.TryParseBusyTicks(input, out long ticks);
        FuzzFailure.Unless(ticks is >= 0 and <= 100_000_000_000_000, "busy ticks are a time there can be");
        FuzzFailure.Unless(read || ticks == 0, "what is refused has no value");
    }
}
