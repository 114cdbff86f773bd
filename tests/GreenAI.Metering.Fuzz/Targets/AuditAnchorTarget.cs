using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>The anchor of an audit log: read only when it is byte for byte what is written.</summary>
internal sealed class AuditAnchorTarget : IFuzzTarget
{
    public string Name => "audit-anchor";

    public int Inputs => 100_000;

    public long AllocationBound => 1 << 14;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.ASCII.GetBytes(AuditAnchor.Text(new(1, AuditFormat.Genesis))),
        Encoding.ASCII.GetBytes(AuditAnchor.Text(new(long.MaxValue, new string('f', AuditFormat.HashLength)))),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (AuditAnchor.Parse(input) is { } head)
            FuzzFailure.Unless(input.SequenceEqual(Encoding.ASCII.GetBytes(AuditAnchor.Text(head))), "what was read is what is written");
    }
}
