using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GreenAI.Metering;

/// <summary>Live grid intensity of WattTime (API v3): marginal or average, by place, of burning fuel only (direct).</summary>
/// <remarks>
/// <para>
/// Asks <c>/v3/forecast</c>, whose first point is at most five minutes old, so that all its factors are forecasts, for a day ahead. The
/// token of <c>/login</c> is kept for 25 of its 30 minutes, and renewed once when it is refused earlier.
/// </para>
/// <para>
/// Marginal factors are not for location-based accounts. Failures are answers; only cancellation by the caller is thrown. Thread-safe.
/// Interface: <see href="https://docs.watttime.org/"/>.
/// </para>
/// </remarks>
public sealed class WattTimeProvider : ICarbonIntensityProvider
{
    /// <summary>The name of the <see cref="HttpClient"/> that <see cref="IHttpClientFactory"/> makes for it.</summary>
    public const string HttpClientName = "GreenAI.Metering.Grid.WattTime";

    private static readonly TimeSpan _tokenLifetime = TimeSpan.FromMinutes(25);

    private readonly GridHttp _http;
    private readonly TimeProvider _timeProvider;
    private readonly GridSource _source;
    private readonly Uri _address;
    private readonly string _path;
    private readonly string _credentials;
    private Session? _session;

    /// <summary>Makes a provider without a container.</summary>
    /// <param name="client">Sends the requests; retries and proxies are its handlers' matter.</param>
    /// <param name="options">The options; read once.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public WattTimeProvider(HttpClient client, WattTimeOptions options, TimeProvider timeProvider)
        : this(GridHttp.Always(client), options, timeProvider)
    {
    }

    internal WattTimeProvider(Func<HttpClient> clients, WattTimeOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        GridOptionsRules.ThrowIfInvalid(WattTimeOptionsRules.Check(options, WattTimeOptionsRules.DefaultSection), nameof(options));
        Kind = new CarbonKind(options.Signal!.Value, CarbonBasis.Location, CarbonBoundary.Direct);
        _timeProvider = timeProvider;
        _source = new GridSource { Source = "WattTime", Zone = options.Region!, Kind = Kind, MaxAge = options.MaxAge };
        _http = new GridHttp(_source.Source, nameof(options.Region), clients, options.Timeout, timeProvider);
        _address = options.BaseAddress!;
        _path = $"/v3/forecast?region={Uri.EscapeDataString(options.Region!)}&signal_type={WattTimeReader.Word(Kind.Signal)}";
        _credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.UserName}:{options.Password}"));
    }

    /// <inheritdoc/>
    public string Name => "watttime";

    /// <inheritdoc/>
    public CarbonKind Kind { get; }

    /// <inheritdoc/>
    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        Session? kept = _session is { } session && _timeProvider.GetElapsedTime(session.Since) < _tokenLifetime ? session : null;
        GridReply reply = default;
        if (kept is not null) reply = await AskAsync(kept, cancellationToken).ConfigureAwait(false);
        if (kept is null || reply.Status == HttpStatusCode.Unauthorized)
        {
            (Session? renewed, CarbonIntensityAnswer? refusal) = await LogInAsync(cancellationToken).ConfigureAwait(false);
            _session = renewed;
            if (renewed is null) return refusal!;
            reply = await AskAsync(renewed, cancellationToken).ConfigureAwait(false);
        }

        // A token that was refused is not tried again.
        if (reply.Status == HttpStatusCode.Unauthorized) _session = null;
        return reply.Refusal ?? WattTimeReader.Read(reply.Body, _source, _timeProvider.GetUtcNow());
    }

    private async ValueTask<GridReply> AskAsync(Session session, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = GridHttp.Get(_address, _path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(Session? Session, CarbonIntensityAnswer? Refusal)> LogInAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = GridHttp.Get(_address, "/login");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", _credentials);
        long now = _timeProvider.GetTimestamp();
        GridReply reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        CarbonIntensityAnswer? refusal = reply.Refusal;
        if (refusal is not null) return (null, refusal);
        refusal = WattTimeReader.ReadToken(reply.Body, _source.Source, out string token);
        return refusal is null ? (new Session(token, now), null) : (null, refusal);
    }

    // A class and not a record: a record prints what it holds.
    private sealed class Session(string token, long since)
    {
        public string Token => token;

        public long Since => since;
    }
}
