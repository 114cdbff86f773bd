using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>The directory name of a powercap zone.</summary>
internal sealed class ZoneAddressTarget : IFuzzTarget
{
    private static readonly RaplZoneAddress _other = RaplZoneAddress.Parse("intel-rapl:1:2")!;

    public string Name => "zone-address";

    public int Inputs => 300_000;

    public long AllocationBound => 1 << 14;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "intel-rapl:0"u8.ToArray(), "intel-rapl:0:1"u8.ToArray(), "intel-rapl-mmio:0:10:3"u8.ToArray(), "intel-rapl:2147483647"u8.ToArray(), "intel-rapl::"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.Latin1.GetString(input);
        if (RaplZoneAddress.Parse(text) is not { } address) return;
        FuzzFailure.Unless(address.ToString() == text, "an address is written as it was read");
        FuzzFailure.Unless(Math.Sign(address.CompareTo(_other)) == -Math.Sign(_other.CompareTo(address)), "an order is the same from both sides");
        FuzzFailure.Unless(address.CompareTo(address) == 0, "an address is equal to itself");
        FuzzFailure.Unless(address.ParentText is not { } parent || RaplZoneAddress.Parse(parent) is not null, "a parent is a zone");
    }
}
