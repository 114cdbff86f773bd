using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary><c>power1_oem_info</c> of an ACPI power meter.</summary>
internal sealed class GraceMeterTarget : IFuzzTarget
{
    public string Name => "grace-meter";

    public int Inputs => 300_000;

    public long AllocationBound => 1 << 14;

    public IReadOnlyList<byte[]> Corpus { get; } =
        ["Grace Power Socket 0"u8.ToArray(), "Module Power Socket 1"u8.ToArray(), "CPU Power Socket 3"u8.ToArray(), "SysIO Power Socket 12"u8.ToArray(), " power socket "u8.ToArray()];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (GraceMeter.Parse(Encoding.Latin1.GetString(input)) is not { } meter) return;
        FuzzFailure.Unless(meter.Part is "Grace" or "Module" or "CPU" or "SysIO", "a meter covers one of the known parts");
        FuzzFailure.Unless(meter.Socket.Length is > 0 and <= 4 && !meter.Socket.AsSpan().ContainsAnyExceptInRange('0', '9'), "a socket is a short number");
    }
}
