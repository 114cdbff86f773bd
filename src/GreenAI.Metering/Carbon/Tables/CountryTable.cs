namespace GreenAI.Metering;

/// <summary>Yearly carbon intensities by country, as shipped.</summary>
/// <remarks>Ember by Our World in Data, CC BY 4.0; see the head of the resource. Immutable and thread-safe.</remarks>
internal sealed class CountryTable
{
    internal const string Resource = "CarbonIntensityByCountry.txt";
    internal const string Header = "alpha2;alpha3;country;year;gramsPerKilowattHour;previousYear";

    // Hydropower alone has some 23, Turkmenistan's old gas plants 1,306: what lies outside is rounding or another unit.
    internal const double LowestGrams = 1;
    internal const double HighestGrams = 1_500;

    private static readonly Lazy<CountryTable> _shipped = new(() => Parse(ShippedText.Read(Resource)));

    private readonly Dictionary<string, CountryIntensity> _byCode;

    private CountryTable(List<CountryIntensity> countries, Dictionary<string, CountryIntensity> byCode)
    {
        Countries = countries;
        _byCode = byCode;
    }

    /// <summary>The table inside the package.</summary>
    public static CountryTable Shipped => _shipped.Value;

    public IReadOnlyList<CountryIntensity> Countries { get; }

    /// <summary>Reads a whole table.</summary>
    /// <exception cref="FormatException">A line is blank, has a column too many or too few, a figure outside its band, a code that is
    /// there twice, or rows are missing; the message names the line.</exception>
    public static CountryTable Parse(string text)
    {
        var countries = new List<CountryIntensity>();
        var byCode = new Dictionary<string, CountryIntensity>(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, CountryIntensity>(StringComparer.OrdinalIgnoreCase);
        foreach (TableRow row in TableText.Read(Resource, text, Header))
        {
            var country = new CountryIntensity(
                row.Code(0, 2), row.Code(1, 3), row.Text(2), row.Year(3), row.Number(4, LowestGrams, HighestGrams), row.OptionalNumber(5, LowestGrams, HighestGrams));
            row.AddUnique(byCode, 0, country);
            row.AddUnique(byCode, 1, country);
            row.AddUnique(names, 2, country);
            countries.Add(country);
        }

        return new CountryTable(countries, byCode);
    }

    /// <summary>The country of a code of two or three letters, in any case; null when there is none.</summary>
    public CountryIntensity? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>What may have been meant by a code that is not there.</summary>
    public string Nearest(string code) => Metering.Nearest.To(code, Countries
        .SelectMany(country => new[] { country.Alpha2, country.Alpha3, country.Name }, (country, name) => (Label(country), name))
        .Append((Label("GB"), "UK"))
        .Append((Label("GR"), "EL")));

    private string Label(string code) => Find(code) is { } country ? Label(country) : code;

    private static string Label(CountryIntensity country) => $"{country.Alpha2} ({country.Name})";
}
