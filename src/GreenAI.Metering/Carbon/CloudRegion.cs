using System.Diagnostics.CodeAnalysis;

namespace GreenAI.Metering;

/// <summary>A region of a cloud provider: where it is, and what its data centres use on top of the machines.</summary>
/// <remarks>Immutable and thread-safe. The sources of the figures are in the package's <c>NOTICE</c>.</remarks>
public sealed record CloudRegion
{
    /// <summary>The provider: <c>aws</c>, <c>azure</c> or <c>google</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name of it: <c>eu-central-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The country it lies in: ISO 3166-1, two letters.</summary>
    public required string Country { get; init; }

    /// <summary>The city, state or landscape, as far as the provider tells.</summary>
    public required string Place { get; init; }

    /// <summary>Energy of the data centre by energy of its machines (ISO/IEC 30134-2), 1 or more.</summary>
    public required double Pue { get; init; }

    /// <summary>Whose figure <see cref="Pue"/> is, of which year, and whether of the region or of the whole fleet: <c>AWS, this region, 2024</c>.</summary>
    public required string PueSource { get; init; }

    /// <summary>Whether <see cref="Pue"/> is the mean of all the provider's data centres, because none is published for the region.</summary>
    public bool IsPueOfFleet { get; init; }

    /// <summary>Litres of water by kilowatt-hour of the machines; null when none is published for the region.</summary>
    public double? WueLitresPerKilowattHour { get; init; }

    internal const string Allowed = "provider:region, with the provider aws, azure or google and its own name of the region, as in aws:eu-central-1";

    /// <summary>Provider and name: <c>aws:eu-central-1</c>.</summary>
    public string Id => $"{Provider}:{Name}";

    /// <summary>All that are known, by provider and name.</summary>
    public static IReadOnlyList<CloudRegion> All => CloudRegionTable.Shipped.Regions;

    /// <summary>A region.</summary>
    /// <param name="region">Provider and region, in any case: <c>aws:eu-central-1</c>.</param>
    /// <exception cref="ArgumentException">The table has no such region; the message names the nearest.</exception>
    public static CloudRegion Find(string region) => TryFind(region, out CloudRegion? found)
        ? found
        : throw new ArgumentException(
            $"There is no cloud region '{Nearest.Shown(region)}'. Nearest: {CloudRegionTable.Shipped.Nearest(region)}. Allowed: {Allowed}.", nameof(region));

    /// <summary>A region, or null when the table does not have it.</summary>
    /// <param name="region">Provider and region, in any case: <c>aws:eu-central-1</c>.</param>
    /// <param name="found">The region.</param>
    public static bool TryFind(string region, [NotNullWhen(true)] out CloudRegion? found)
    {
        ArgumentNullException.ThrowIfNull(region);
        found = CloudRegionTable.Shipped.Find(region);
        return found is not null;
    }
}
