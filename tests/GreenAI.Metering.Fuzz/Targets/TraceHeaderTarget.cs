namespace GreenAI.Metering.Fuzz;

/// <summary>The header of a trace, changed, with sound checksums.</summary>
internal sealed class TraceHeaderTarget : IFuzzTarget
{
    private static readonly byte[] _events = RecordedTraces.Blocks(RecordedTraces.All[0], TraceFormat.EventBlock);
    private static readonly byte[] _tail = RecordedTraces.Blocks(RecordedTraces.All[0], TraceFormat.EndBlock);

    public string Name => "trace-header";

    public int Inputs => 50_000;

    public long AllocationBound => 320 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } = [.. RecordedTraces.All.Select(trace => RecordedTraces.Blocks(trace, TraceFormat.HeaderBlock))];

    public void Run(ReadOnlySpan<byte> input) => RecordedTraces.Replay(RecordedTraces.Seal(input, _events, _tail));
}
