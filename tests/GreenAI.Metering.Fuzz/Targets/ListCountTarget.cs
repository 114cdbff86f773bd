namespace GreenAI.Metering.Fuzz;

/// <summary>The list of online processors.</summary>
internal sealed class ListCountTarget : IFuzzTarget
{
    public string Name => "processor-list";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "0\n"u8.ToArray(), "0-3\n"u8.ToArray(), "0-3,8\n"u8.ToArray(), "0-63,128-191\n"u8.ToArray(), "0,2,4,6,8-11,65535\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        bool read = ProcessorText.TryParseListCount(input, out int count);
        FuzzFailure.Unless(read ? count is >= 1 and <= ProcessorText.MaxProcessors : count == 0, "a list names from 1 to 65,536 processors");
    }
}
