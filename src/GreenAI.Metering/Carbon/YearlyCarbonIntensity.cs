using System.Diagnostics.CodeAnalysis;

namespace GreenAI.Metering;

/// <summary>The mean carbon intensity of a country's electricity in the last year known to this package. Needs no network.</summary>
/// <remarks>
/// Ember's yearly figures as Our World in Data publishes them (CC BY 4.0), of generation inside the country, lifecycle. A past
/// year's mean stands in for today's grid: such a factor is always marked as estimated. How far it may be off is taken from how
/// much the country changed between its last two years, on both sides alike and at least 5 %; it is unknown where only one year is.
/// Hours of one day can differ from the mean by much more: where hours matter, use a live source. Immutable and thread-safe.
/// </remarks>
public sealed class YearlyCarbonIntensity : ICarbonIntensityProvider
{
    private readonly ConstantCarbonIntensity _constant;

    private YearlyCarbonIntensity(string zone, CountryIntensity country, string of)
    {
        Factor = new CarbonFactor
        {
            Intensity = CarbonIntensity.FromGramsPerKilowattHour(country.GramsPerKilowattHour),
            Kind = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle),
            Source = FormattableString.Invariant($"Ember via Our World in Data, mean of {country.Year} of {of}"),
            Zone = zone,
            Licence = "CC BY 4.0",
            IsEstimated = true,
            Uncertainty = country.Band,
        };
        _constant = new ConstantCarbonIntensity(Factor);
    }

    /// <inheritdoc/>
    public string Name => "yearly";

    /// <summary>Average, location, lifecycle.</summary>
    public CarbonKind Kind => Factor.Kind;

    /// <summary>The factor it answers with, for all times.</summary>
    public CarbonFactor Factor { get; }

    internal static string Allowed =>
        FormattableString.Invariant($"the ISO 3166-1 code of one of {CountryTable.Shipped.Countries.Count} countries, with two letters (DE) or three (DEU)");

    /// <summary>The yearly mean of a country.</summary>
    /// <param name="code">ISO 3166-1, two letters or three, in any case: <c>DE</c>, <c>DEU</c>.</param>
    /// <exception cref="ArgumentException">The table has no such country; the message names the nearest.</exception>
    public static YearlyCarbonIntensity ForCountry(string code) => TryForCountry(code, out YearlyCarbonIntensity? found)
        ? found
        : throw new ArgumentException(
            $"There is no country '{Nearest.Shown(code)}'. Nearest: {CountryTable.Shipped.Nearest(code)}. Allowed: {Allowed}.", nameof(code));

    /// <summary>The yearly mean of a country, or null when the table does not have it.</summary>
    /// <param name="code">ISO 3166-1, two letters or three, in any case.</param>
    /// <param name="found">The provider.</param>
    public static bool TryForCountry(string code, [NotNullWhen(true)] out YearlyCarbonIntensity? found)
    {
        ArgumentNullException.ThrowIfNull(code);
        found = CountryTable.Shipped.Find(code) is { } country ? new(country.Alpha2, country, country.Name) : null;
        return found is not null;
    }

    /// <summary>The yearly mean of the country a cloud region lies in. No provider's own carbon figure, no certificates.</summary>
    /// <param name="region">Provider and region: <c>aws:eu-central-1</c>, <c>azure:westeurope</c>, <c>google:europe-west4</c>.</param>
    /// <exception cref="ArgumentException">The table has no such region; the message names the nearest.</exception>
    public static YearlyCarbonIntensity ForCloudRegion(string region) => Of(CloudRegion.Find(region));

    /// <summary>The yearly mean of the country a cloud region lies in, or null when the table does not have the region.</summary>
    /// <param name="region">Provider and region: <c>aws:eu-central-1</c>.</param>
    /// <param name="found">The provider.</param>
    public static bool TryForCloudRegion(string region, [NotNullWhen(true)] out YearlyCarbonIntensity? found)
    {
        found = CloudRegion.TryFind(region, out CloudRegion? known) ? Of(known) : null;
        return found is not null;
    }

    /// <summary>Answers at once, with the one factor.</summary>
    public ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken) => _constant.GetAsync(cancellationToken);

    // A test holds that the country of every region is in the table.
    private static YearlyCarbonIntensity Of(CloudRegion region)
    {
        CountryIntensity country = CountryTable.Shipped.Find(region.Country)!;
        return new(region.Id, country, $"{country.Name}, the country of {region.Id}");
    }
}
