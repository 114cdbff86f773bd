namespace GreenAI.Metering;

/// <summary>Live grid intensity of Electricity Maps (API v3): average, by place, consumption-based, lifecycle or direct.</summary>
/// <remarks>
/// Asks <c>/v3/carbon-intensity/latest</c> for one zone, always with <c>disableCallerLookup=true</c>: a zone that is not known is an
/// error and never the caller's own place. Failures are answers; only cancellation by the caller is thrown. Thread-safe.
/// Interface: <see href="https://app.electricitymaps.com/developer-hub/api/reference"/>.
/// </remarks>
public sealed class ElectricityMapsProvider : ICarbonIntensityProvider
{
    /// <summary>The name of the <see cref="HttpClient"/> that <see cref="IHttpClientFactory"/> makes for it.</summary>
    public const string HttpClientName = "GreenAI.Metering.Grid.ElectricityMaps";

    private readonly GridHttp _http;
    private readonly TimeProvider _timeProvider;
    private readonly GridSource _source;
    private readonly TimeSpan _period;
    private readonly Uri _address;
    private readonly string _path;
    private readonly string _key;

    /// <summary>Makes a provider without a container.</summary>
    /// <param name="client">Sends the requests; retries and proxies are its handlers' matter, and so is not following redirections, which would repeat the key.</param>
    /// <param name="options">The options; read once.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ElectricityMapsProvider(HttpClient client, ElectricityMapsOptions options, TimeProvider timeProvider)
        : this(GridHttp.Always(client), options, timeProvider)
    {
    }

    internal ElectricityMapsProvider(Func<HttpClient> clients, ElectricityMapsOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        GridOptionsRules.ThrowIfInvalid(ElectricityMapsOptionsRules.Check(options, ElectricityMapsOptionsRules.DefaultSection), nameof(options));
        Kind = new CarbonKind(CarbonSignal.Average, CarbonBasis.Location, options.Boundary);
        _timeProvider = timeProvider;
        _source = new GridSource { Source = "Electricity Maps", Zone = options.Zone!, Kind = Kind, MaxAge = options.MaxAge };
        _http = new GridHttp(_source.Source, nameof(options.Zone), clients, options.Timeout, timeProvider);
        (_period, string granularity) = options.Granularity switch
        {
            ElectricityMapsGranularity.FiveMinutes => (TimeSpan.FromMinutes(5), "&temporalGranularity=5_minutes"),
            ElectricityMapsGranularity.FifteenMinutes => (TimeSpan.FromMinutes(15), "&temporalGranularity=15_minutes"),
            _ => (TimeSpan.FromHours(1), ""),
        };
        _address = options.BaseAddress!;
        _path = $"/v3/carbon-intensity/latest?zone={Uri.EscapeDataString(options.Zone!)}"
            + $"&emissionFactorType={ElectricityMapsReader.Word(options.Boundary)}&disableCallerLookup=true{granularity}";
        _key = options.ApiKey!;
    }

    /// <inheritdoc/>
    public string Name => "electricity-maps";

    /// <inheritdoc/>
    public CarbonKind Kind { get; }

    /// <inheritdoc/>
    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = GridHttp.Get(_address, _path);
        // Without validation: its error would quote the key. The options were checked for what a header can hold.
        request.Headers.TryAddWithoutValidation("auth-token", _key);
        GridReply reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Refusal ?? ElectricityMapsReader.Read(reply.Body, _source, _period, _timeProvider.GetUtcNow());
    }
}
