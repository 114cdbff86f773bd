namespace GreenAI.Metering;

/// <summary>Live grid intensity of Great Britain by NESO's Carbon Intensity API: average, by place, of burning fuel only (direct).</summary>
/// <remarks>
/// <para>
/// Asks for the half hours from one before now to a day ahead: the address for "now" gives the last complete half hour. Where a half hour
/// has no observed figure yet, the forecast is used and marked. No account is needed. The figures are under CC BY 4.0.
/// </para>
/// <para>
/// Failures are answers; only cancellation by the caller is thrown. Thread-safe.
/// Interface: <see href="https://carbon-intensity.github.io/api-definitions/"/>.
/// </para>
/// </remarks>
public sealed class UkCarbonIntensityProvider : ICarbonIntensityProvider
{
    /// <summary>The name of the <see cref="HttpClient"/> that <see cref="IHttpClientFactory"/> makes for it.</summary>
    public const string HttpClientName = "GreenAI.Metering.Grid.UkCarbonIntensity";

    private static readonly TimeSpan _period = TimeSpan.FromMinutes(30);

    private readonly GridHttp _http;
    private readonly TimeProvider _timeProvider;
    private readonly GridSource _source;
    private readonly Uri _address;
    private readonly string? _postcode;

    /// <summary>Makes a provider without a container.</summary>
    /// <param name="client">Sends the requests; retries and proxies are its handlers' matter.</param>
    /// <param name="options">The options; read once.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public UkCarbonIntensityProvider(HttpClient client, UkCarbonIntensityOptions options, TimeProvider timeProvider)
        : this(GridHttp.Always(client), options, timeProvider)
    {
    }

    internal UkCarbonIntensityProvider(Func<HttpClient> clients, UkCarbonIntensityOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        GridOptionsRules.ThrowIfInvalid(UkCarbonIntensityOptionsRules.Check(options, UkCarbonIntensityOptionsRules.DefaultSection), nameof(options));
        _timeProvider = timeProvider;
        _postcode = options.Postcode;
        _source = new GridSource
        {
            Source = "NESO Carbon Intensity API",
            Zone = _postcode is null ? "GB" : $"GB-{_postcode}",
            Kind = Kind,
            MaxAge = options.MaxAge,
            Licence = "CC BY 4.0",
        };
        _http = new GridHttp(_source.Source, nameof(options.Postcode), clients, options.Timeout, timeProvider);
        _address = options.BaseAddress!;
    }

    /// <inheritdoc/>
    public string Name => "uk-carbon-intensity";

    /// <inheritdoc/>
    public CarbonKind Kind { get; } = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Direct);

    /// <inheritdoc/>
    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = GridHttp.Get(_address, Path());
        GridReply reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Refusal ?? UkCarbonIntensityReader.Read(reply.Body, _source, _postcode, _timeProvider.GetUtcNow());
    }

    private string Path()
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        string from = GridText.Minute(now - TimeSpan.FromTicks(now.UtcTicks % _period.Ticks) - _period);
        return _postcode is null ? $"/intensity/{from}/fw24h" : $"/regional/intensity/{from}/fw24h/postcode/{_postcode}";
    }
}
