namespace GreenAI.Metering.Fuzz;

/// <summary>Names and labels of hwmon chips.</summary>
internal sealed class LabelTarget : IFuzzTarget
{
    public string Name => "label";

    public int Inputs => 500_000;

    public long AllocationBound => 512;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "amdgpu\n"u8.ToArray(), "amd_energy\n"u8.ToArray(), "Esocket0\n"u8.ToArray(), "Grace Power Socket 0\n"u8.ToArray(), " pkg \n\n"u8.ToArray(), new byte[128],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string? label = KernelSnapshot.ParseLabel(input);
        FuzzFailure.Unless(
            label is null || (label.Length is > 0 and < 128 && !label.AsSpan().ContainsAnyExceptInRange(' ', '~') && label[0] != ' ' && label[^1] != ' '),
            "a label is a short line of printable ASCII");
    }
}
