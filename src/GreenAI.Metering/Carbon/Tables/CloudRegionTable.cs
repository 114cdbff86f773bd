using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The regions of the large clouds, as shipped.</summary>
/// <remarks>Sources in the head of the resource. Immutable and thread-safe.</remarks>
internal sealed class CloudRegionTable
{
    internal const string Resource = "CloudRegions.txt";
    internal const string Header = "provider;region;country;place;pue;pueYear;wueLitresPerKilowattHour";
    internal const double LowestPue = 1;
    internal const double HighestPue = 3;
    internal const double HighestWue = 10;

    private const string FleetRow = "fleet";

    private static readonly Lazy<CloudRegionTable> _shipped = new(() => Parse(ShippedText.Read(Resource)));

    private readonly Dictionary<string, CloudRegion> _byId;

    private CloudRegionTable(List<CloudRegion> regions, Dictionary<string, CloudRegion> byId)
    {
        Regions = regions;
        _byId = byId;
    }

    /// <summary>The table inside the package.</summary>
    public static CloudRegionTable Shipped => _shipped.Value;

    public IReadOnlyList<CloudRegion> Regions { get; }

    /// <summary>Reads a whole table.</summary>
    /// <exception cref="FormatException">A line is blank, has a column too many or too few, a figure outside its band, a region that is
    /// there twice or before its provider's fleet, or rows are missing; the message names the line.</exception>
    public static CloudRegionTable Parse(string text)
    {
        var regions = new List<CloudRegion>();
        var byId = new Dictionary<string, CloudRegion>(StringComparer.OrdinalIgnoreCase);
        var fleets = new Dictionary<string, Fleet>(StringComparer.Ordinal);
        foreach (TableRow row in TableText.Read(Resource, text, Header))
        {
            if (row.Text(1) == FleetRow)
            {
                row.AddUnique(fleets, 0, ReadFleet(row));
                continue;
            }

            CloudRegion region = ReadRegion(row, fleets);
            if (!byId.TryAdd(region.Id, region)) throw row.Error(1, $"'{region.Id}' is there twice");
            regions.Add(region);
        }

        return new CloudRegionTable(regions, byId);
    }

    /// <summary>The region of a provider and a name, in any case; null when there is none.</summary>
    public CloudRegion? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What may have been meant by a region that is not there.</summary>
    public string Nearest(string id) => Metering.Nearest.To(id, Regions
        .SelectMany(region => new[] { region.Id, region.Name, region.Place }, (region, name) => ($"{region.Id} ({region.Place})", name)));

    private static Fleet ReadFleet(TableRow row)
    {
        if (!row.IsEmpty(2)) throw row.Error(2, "a fleet has no country");
        return new Fleet(row.Text(3), Pue(row), row.Year(5));
    }

    private static CloudRegion ReadRegion(TableRow row, Dictionary<string, Fleet> fleets)
    {
        if (!fleets.TryGetValue(row.Text(0), out Fleet? fleet)) throw row.Error(0, $"'{row.Text(0)}' has no row '{FleetRow}' before it");
        if (row.IsEmpty(4) != row.IsEmpty(5)) throw row.Error(5, "a PUE and its year go together");
        bool ofFleet = row.IsEmpty(4);
        return new CloudRegion
        {
            Provider = row.Text(0),
            Name = row.Text(1),
            Country = row.Code(2, 2),
            Place = row.Text(3),
            Pue = ofFleet ? fleet.Pue : Pue(row),
            PueSource = ofFleet ? Source(fleet.Owner, "whole fleet", fleet.Year) : Source(fleet.Owner, "this region", row.Year(5)),
            IsPueOfFleet = ofFleet,
            WueLitresPerKilowattHour = row.OptionalNumber(6, 0, HighestWue),
        };
    }

    private static double Pue(TableRow row) => row.Number(4, LowestPue, HighestPue);

    private static string Source(string owner, string extent, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner}, {extent}, {year}");

    private sealed record Fleet(string Owner, double Pue, int Year);
}
