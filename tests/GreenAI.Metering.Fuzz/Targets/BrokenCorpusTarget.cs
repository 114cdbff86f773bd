namespace GreenAI.Metering.Fuzz;

/// <summary>The other negative control: a reader that fails on what is in the world, before anything is changed in it.</summary>
internal sealed class BrokenCorpusTarget : IFuzzTarget
{
    public string Name => "broken-corpus";

    public int Inputs => 0;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } = ["262143328850\n"u8.ToArray()];

    public void Run(ReadOnlySpan<byte> input) => FuzzFailure.Unless(input.IsEmpty, "a counter as kernels print it is read");
}
