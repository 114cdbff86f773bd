namespace GreenAI.Metering;

/// <summary>One zone found in the powercap tree.</summary>
internal sealed class RaplZone
{
    public required RaplZoneAddress Address { get; init; }

    /// <summary>The directory it was found in. Zones are told apart by it: child names repeat on every socket.</summary>
    public required string DirectoryPath { get; init; }

    /// <summary>The trimmed content of <c>name</c>.</summary>
    public required string Name { get; init; }

    public required RaplZone? Parent { get; init; }

    /// <summary>The content of <c>max_energy_range_uj</c>; 0 when it cannot be read.</summary>
    public required long RangeMicrojoules { get; init; }

    public string EnergyPath => Path.Combine(DirectoryPath, "energy_uj");

    public RaplZoneKind Kind => RaplZoneName.KindOf(Name);

    /// <summary>The name that survives a new numbering of the directories: <c>package-0</c>, <c>package-0/dram</c>.</summary>
    public string QualifiedName => Parent is null ? Name : $"{Parent.Name}/{Name}";

    /// <summary>The qualified name without the die: zones of one group may be readings of one and the same counter.</summary>
    public string Group
    {
        get
        {
            string own = RaplZoneName.WithoutDie(Name);
            return Parent is null ? own : $"{RaplZoneName.WithoutDie(Parent.Name)}/{own}";
        }
    }

    /// <summary>Whether another zone is this one, possibly under another number.</summary>
    public bool IsSameAs(RaplZone other) =>
        Address.ControlType == other.Address.ControlType
        && QualifiedName == other.QualifiedName
        && RangeMicrojoules == other.RangeMicrojoules;

    public override string ToString() => $"{QualifiedName} ({Address})";
}
