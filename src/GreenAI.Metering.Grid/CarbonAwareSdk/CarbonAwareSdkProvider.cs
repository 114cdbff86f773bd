namespace GreenAI.Metering;

/// <summary>Grid intensity by the application's own Web API of the Carbon Aware SDK (Green Software Foundation), by place.</summary>
/// <remarks>
/// Asks <c>/emissions/bylocation</c> for the last <see cref="CarbonAwareSdkOptions.MaxAge"/>. Its answers do not say whether figures are
/// average or marginal, lifecycle or direct: the options must. Failures are answers; only cancellation by the caller is thrown. Thread-safe.
/// Interface: <see href="https://github.com/Green-Software-Foundation/carbon-aware-sdk"/>.
/// </remarks>
public sealed class CarbonAwareSdkProvider : ICarbonIntensityProvider
{
    /// <summary>The name of the <see cref="HttpClient"/> that <see cref="IHttpClientFactory"/> makes for it.</summary>
    public const string HttpClientName = "GreenAI.Metering.Grid.CarbonAwareSdk";

    private readonly GridHttp _http;
    private readonly TimeProvider _timeProvider;
    private readonly GridSource _source;
    private readonly Uri _address;

    /// <summary>Makes a provider without a container.</summary>
    /// <param name="client">Sends the requests; retries and proxies are its handlers' matter.</param>
    /// <param name="options">The options; read once.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public CarbonAwareSdkProvider(HttpClient client, CarbonAwareSdkOptions options, TimeProvider timeProvider)
        : this(GridHttp.Always(client), options, timeProvider)
    {
    }

    internal CarbonAwareSdkProvider(Func<HttpClient> clients, CarbonAwareSdkOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        GridOptionsRules.ThrowIfInvalid(CarbonAwareSdkOptionsRules.Check(options, CarbonAwareSdkOptionsRules.DefaultSection), nameof(options));
        Kind = new CarbonKind(options.Signal!.Value, CarbonBasis.Location, options.Boundary!.Value);
        _timeProvider = timeProvider;
        _source = new GridSource { Source = "Carbon Aware SDK", Zone = options.Location!, Kind = Kind, MaxAge = options.MaxAge };
        _http = new GridHttp(_source.Source, nameof(options.Location), clients, options.Timeout, timeProvider);
        _address = options.BaseAddress!;
    }

    /// <inheritdoc/>
    public string Name => "carbon-aware-sdk";

    /// <inheritdoc/>
    public CarbonKind Kind { get; }

    /// <inheritdoc/>
    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        using HttpRequestMessage request = GridHttp.Get(
            _address,
            $"/emissions/bylocation?location={Uri.EscapeDataString(_source.Zone)}"
            + $"&time={Uri.EscapeDataString(GridText.Time(now - _source.MaxAge))}&toTime={Uri.EscapeDataString(GridText.Time(now))}");
        GridReply reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Refusal ?? CarbonAwareSdkReader.Read(reply.Body, _source, _timeProvider.GetUtcNow());
    }
}
