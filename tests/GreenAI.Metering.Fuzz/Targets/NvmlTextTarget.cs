using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>Texts that NVML, or a person in an environment variable, gives.</summary>
internal sealed class NvmlTextTarget : IFuzzTarget
{
    public string Name => "nvml-text";

    public int Inputs => 500_000;

    public long AllocationBound => 4096;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "GPU-8f6a2f0e-1c1e-4b3a-9c55-0123456789ab\0\0\0\0"u8.ToArray(), "NVIDIA H200 NVL\0trash behind"u8.ToArray(), "  \0"u8.ToArray(),
        new byte[96], [.. Enumerable.Repeat((byte)'x', 200)],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        Check(NvmlText.FromNative(input));
        if (input.Length <= 512) Check(NvmlText.FromUser(Encoding.Latin1.GetString(input)));
    }

    private static void Check(string text) => FuzzFailure.Unless(
        text.Length <= NvmlText.Capacity && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.AsSpan().Trim().Length == text.Length,
        "a text is short, printable and trimmed");
}
