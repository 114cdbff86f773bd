using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>Texts in options: names of sources and models, UUIDs, folders, the path of a trace.</summary>
internal sealed class OptionTextTarget : IFuzzTarget
{
    public string Name => "options";

    public int Inputs => 50_000;

    // Each of six messages quotes the text, and a path is made whole twice.
    public long AllocationBound => 1 << 16;

    public IReadOnlyList<byte[]> Corpus { get; } =
        ["rapl"u8.ToArray(), "load-model"u8.ToArray(), "GPU-8f6a2f0e"u8.ToArray(), "/tmp/trace-{time}.bin"u8.ToArray(), "digits"u8.ToArray(), " "u8.ToArray()];

    public void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.Latin1.GetString(input);
        var options = new GreenAIMeteringOptions
        {
            SysfsRoot = text,
            ProcRoot = text,
            Sources = [text],
            GpuUuids = [text],
            Models = new Dictionary<string, ModelOptions> { [text] = new() { Devices = [text] } },
            TraceFile = text,
        };
        foreach (string failure in GreenAIMeteringOptionsRules.Check(options, "GreenAI"))
            FuzzFailure.Unless(failure.StartsWith("GreenAI:", StringComparison.Ordinal), "a failure names its key");
    }
}
