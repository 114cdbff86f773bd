using System.Diagnostics.CodeAnalysis;

namespace GreenAI.Metering;

/// <summary>Embodied figures of common accelerators and servers, each with its source. Your own go before them.</summary>
/// <remarks>Thread-safe.</remarks>
public static class EmbodiedCatalogue
{
    // Teads, Building an AWS EC2 Carbon Emissions Dataset, 2021, as Cloud Carbon Footprint uses it: kilograms apiece. The memory comes
    // from the life cycle assessment of a Dell R740, whose 384 GB have 533 kg.
    private const double KilogramsPerFurtherCpu = 100;
    private const double KilogramsPerAccelerator = 150;
    private const double KilogramsPerSsd = 100;
    private const double KilogramsPerHdd = 50;
    private const double KilogramsPerGigabyte = 533.0 / 384;
    private const double GigabytesIncluded = 16;

    // Counts beyond this are another unit: threads for processors, megabytes for gigabytes.
    private const int MostParts = 1_024;
    private const double MostGigabytes = 1_048_576;

    /// <summary>All figures of the package.</summary>
    public static IReadOnlyList<EmbodiedFigure> All => EmbodiedTable.Shipped.Figures;

    internal static string Allowed => string.Join(", ", All.Select(figure => figure.Id));

    /// <summary>A figure.</summary>
    /// <param name="id">Its id, in any case: <c>nvidia-h100-sxm</c>.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static EmbodiedFigure Find(string id) => TryFind(id, out EmbodiedFigure? found)
        ? found
        : throw new ArgumentException(
            $"There is no embodied figure '{Nearest.Shown(id)}'. Nearest: {EmbodiedTable.Shipped.Nearest(id)}. Allowed: "
            + $"{Allowed}; or state a total of your own with its source.",
            nameof(id));

    /// <summary>A figure, or null when there is none.</summary>
    /// <param name="id">Its id, in any case.</param>
    /// <param name="found">The figure.</param>
    public static bool TryFind(string id, [NotNullWhen(true)] out EmbodiedFigure? found)
    {
        ArgumentNullException.ThrowIfNull(id);
        found = EmbodiedTable.Shipped.Find(id);
        return found is not null;
    }

    /// <summary>
    /// Estimates a rack server by its parts: 1,000 kg with one processor and 16 GB; 100 kg for each further processor, 150 kg for each
    /// accelerator, 533/384 kg for each further gigabyte, 100 kg for each SSD, 50 kg for each hard disk; over four years.
    /// </summary>
    /// <param name="cpus">Processors: sockets, neither cores nor virtual CPUs.</param>
    /// <param name="accelerators">Accelerators. Where one has a figure of its own, leave it out here and add that figure.</param>
    /// <param name="memoryGigabytes">Memory in gigabytes.</param>
    /// <param name="ssds">Solid-state drives, of any size.</param>
    /// <param name="hdds">Hard disks, of any size.</param>
    /// <exception cref="ArgumentOutOfRangeException">No processor, a negative count, or one that no server has.</exception>
    public static EmbodiedFigure GenericServer(int cpus, int accelerators, double memoryGigabytes, int ssds, int hdds)
    {
        Check(cpus, 1, nameof(cpus));
        Check(accelerators, 0, nameof(accelerators));
        Check(ssds, 0, nameof(ssds));
        Check(hdds, 0, nameof(hdds));
        if (!(memoryGigabytes is >= 0 and <= MostGigabytes))
        {
            throw new ArgumentOutOfRangeException(nameof(memoryGigabytes), memoryGigabytes, $"A server has from 0 to {MostGigabytes:0} GB.");
        }

        double parts = ((cpus - 1) * KilogramsPerFurtherCpu) + (accelerators * KilogramsPerAccelerator)
            + (Math.Max(0, memoryGigabytes - GigabytesIncluded) * KilogramsPerGigabyte) + (ssds * KilogramsPerSsd) + (hdds * KilogramsPerHdd);
        EmbodiedFigure bare = Find("generic-server");
        return bare with
        {
            Name = FormattableString.Invariant($"Rack server, {cpus} CPU, {accelerators} accelerators, {memoryGigabytes:0.##} GB, {ssds} SSD, {hdds} HDD"),
            Total = bare.Total + CarbonMass.FromKilograms(parts),
        };
    }

    private static void Check(int count, int least, string name)
    {
        if (count < least || count > MostParts)
        {
            throw new ArgumentOutOfRangeException(name, count, $"A server has from {least} to {MostParts} of them.");
        }
    }
}
