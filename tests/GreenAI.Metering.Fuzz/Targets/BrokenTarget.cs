namespace GreenAI.Metering.Fuzz;

/// <summary>The negative control: a reader of counters that forgets their 19 digits at most, as many do.</summary>
internal sealed class BrokenTarget : IFuzzTarget
{
    public string Name => "broken";

    public int Inputs => 1_000_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } = ["262143328850\n"u8.ToArray()];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2 || input[^1] != (byte)'\n') return;
        long sum = 0;
        foreach (byte c in input[..^1])
        {
            if (c is < (byte)'0' or > (byte)'9') return;
            sum = unchecked((sum * 10) + c - '0');
        }

        FuzzFailure.Unless(sum >= 0, "a counter is never negative");
    }
}
