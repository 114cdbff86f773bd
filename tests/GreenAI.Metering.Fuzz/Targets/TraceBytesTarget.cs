namespace GreenAI.Metering.Fuzz;

/// <summary>A trace, changed anywhere: its checksums catch it.</summary>
internal sealed class TraceBytesTarget : IFuzzTarget
{
    public string Name => "trace";

    public int Inputs => 50_000;

    public long AllocationBound => 16 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } = RecordedTraces.All;

    public void Run(ReadOnlySpan<byte> input) => RecordedTraces.Replay(input.ToArray());
}
