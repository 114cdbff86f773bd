using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>The texts in which a PMU describes its events: <c>event=0x02</c>, and the scale.</summary>
internal sealed class PerfTextTarget : IFuzzTarget
{
    public string Name => "perf-text";

    public int Inputs => 500_000;

    // The text itself.
    public long AllocationBound => 4096;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "event=0x02"u8.ToArray(), "event=0x03"u8.ToArray(), "2.3283064365386962890625e-10"u8.ToArray(), "1"u8.ToArray(), "6.103515625e-05"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.Latin1.GetString(input[..Math.Min(input.Length, 1024)]);
        if (PerfText.TryParseEvent(text, out ulong config)) FuzzFailure.Unless(config is > 0 and <= 255, "an event is one byte and not 0");
        if (PerfText.TryParseScale(text, out int shift)) FuzzFailure.Unless(shift is >= 0 and <= 63, "a scale is a power of two from 2^-63 to 1");
    }
}
