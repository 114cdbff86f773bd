namespace GreenAI.Metering;

/// <summary>Options of carbon accounting; the configuration section <c>GreenAI:Carbon</c>.</summary>
/// <remarks>
/// Nothing has a silent default: without a place (or a constant, or a provider) and without a PUE, emissions are unavailable, with
/// the reason, and joules go on. Read once, when the meter is made.
/// </remarks>
public sealed class CarbonOptions
{
    /// <summary>
    /// The country whose yearly mean applies, as ISO 3166 code (<c>DE</c> or <c>DEU</c>): Ember's figures. With live providers it is what is
    /// fallen back to.
    /// </summary>
    /// <value>Null.</value>
    public string? Zone { get; set; }

    /// <summary>
    /// The cloud region, <c>aws:eu-central-1</c>, <c>azure:westeurope</c>, <c>google:europe-west4</c>: the yearly mean of its
    /// country, and the provider's PUE and WUE unless <see cref="Pue"/> and <see cref="WueLitresPerKilowattHour"/> say otherwise. Instead of <see cref="Zone"/>.
    /// </summary>
    /// <value>Null.</value>
    public string? CloudRegion { get; set; }

    /// <summary>A constant intensity of your own in g CO2e/kWh, instead of <see cref="Zone"/>; <see cref="Source"/> must say whose it is.</summary>
    /// <value>Null. From 0 to 10,000.</value>
    public double? GramsPerKilowattHour { get; set; }

    /// <summary>Where <see cref="GramsPerKilowattHour"/> comes from, for reports.</summary>
    /// <value>Null.</value>
    public string? Source { get; set; }

    /// <summary>
    /// Power usage effectiveness: facility energy per energy of its machines (ISO/IEC 30134-2). 1 for a machine outside a data centre; it must be
    /// said.
    /// </summary>
    /// <value>Null: that of <see cref="CloudRegion"/>; without one, emissions are unavailable. From 1 to 10.</value>
    public double? Pue { get; set; }

    /// <summary>Water usage effectiveness: litres per kilowatt-hour of the machines (ISO/IEC 30134-9).</summary>
    /// <value>Null: that of <see cref="CloudRegion"/> where it is published; without one, water is unavailable. From 0 to 100.</value>
    public double? WueLitresPerKilowattHour { get; set; }

    /// <summary>Which account is kept.</summary>
    /// <value><see cref="CarbonMethod.LocationBased"/>.</value>
    public CarbonMethod Method { get; set; } = CarbonMethod.LocationBased;

    /// <summary>Which emissions of a kilowatt-hour count. A provider of the other kind is refused: its grams would not add up.</summary>
    /// <value><see cref="CarbonBoundary.Lifecycle"/>.</value>
    public CarbonBoundary Boundary { get; set; } = CarbonBoundary.Lifecycle;

    /// <summary>How often live providers are asked at most, when nothing makes them due earlier (the end of a factor's validity).</summary>
    /// <value>5 minutes. From 1 minute to 1 day.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a factor is used beyond its validity when no newer one came: sources publish with a delay. Such use is marked. Afterwards
    /// the fallback applies, or none.
    /// </summary>
    /// <value>15 minutes. From 0 to 1 day.</value>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The hardware whose making counts, by names of your own: the server, its accelerators. Empty: embodied carbon is unavailable.</summary>
    /// <value>Empty.</value>
    public IDictionary<string, EmbodiedOptions> Embodied { get; set; } = new Dictionary<string, EmbodiedOptions>(StringComparer.Ordinal);
}
