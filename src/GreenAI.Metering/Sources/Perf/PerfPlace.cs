using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What one processor of a PMU's <c>cpumask</c> stands for.</summary>
/// <param name="Processor">Its number: where events are opened.</param>
/// <param name="Package">The socket; null when the topology does not tell.</param>
/// <param name="Die">The die in the socket; null when it does not matter or is not told.</param>
internal sealed record PerfPlace(int Processor, int? Package, int? Die)
{
    /// <summary>The name of the package as powercap gives it, when it is the only one of its socket.</summary>
    public string Name => Text(Package is { } package ? $"package-{package}" : (FormattableString)$"cpu-{Processor}");

    /// <summary>The name among several of one socket.</summary>
    public string NameInSocket => Die is { } die ? Text($"{Name}-die-{die}") : Text($"{Name}-cpu-{Processor}");

    /// <summary>Whether another place is this one, possibly through another processor: hotplug moves the events of a package.</summary>
    public bool IsSameAs(PerfPlace other) =>
        Package == other.Package && Die == other.Die && (Package is not null || Processor == other.Processor);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
