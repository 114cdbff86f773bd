namespace GreenAI.Metering.Fuzz;

/// <summary>The <c>name</c> of a powercap zone, and what follows from it.</summary>
internal sealed class ZoneNameTarget : IFuzzTarget
{
    public string Name => "zone-name";

    public int Inputs => 500_000;

    public long AllocationBound => 4096;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "package-0\n"u8.ToArray(), "package-10-die-1\n"u8.ToArray(), "dram\n"u8.ToArray(), "core\n"u8.ToArray(), "psys\n"u8.ToArray(), "package--die-\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (RaplZoneName.Parse(input) is not { } name) return;
        FuzzFailure.Unless(name.Length > 0 && name.Length <= input.Length && !name.AsSpan().ContainsAnyExceptInRange('-', 'z'), "a name is letters, digits and marks");
        FuzzFailure.Unless(Enum.IsDefined(RaplZoneName.KindOf(name)), "a zone is of a kind");
        FuzzFailure.Unless(name.StartsWith(RaplZoneName.WithoutDie(name), StringComparison.Ordinal), "without its die a name is the beginning of itself");
    }
}
