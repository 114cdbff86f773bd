namespace GreenAI.Metering.Fuzz;

/// <summary>The events of a trace, changed, with sound checksums: what a made-up trace can do.</summary>
internal sealed class TraceEventsTarget : IFuzzTarget
{
    private static readonly byte[] _head = RecordedTraces.Blocks(RecordedTraces.All[0], TraceFormat.HeaderBlock);
    private static readonly byte[] _tail = RecordedTraces.Blocks(RecordedTraces.All[0], TraceFormat.EndBlock);

    public string Name => "trace-events";

    public int Inputs => 50_000;

    public long AllocationBound => 32 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } = [.. RecordedTraces.All.Select(trace => RecordedTraces.Blocks(trace, TraceFormat.EventBlock))];

    public void Run(ReadOnlySpan<byte> input) => RecordedTraces.Replay(RecordedTraces.Seal(_head, input, _tail));
}
