using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Drives a service with streams of requests and counts what comes back.</summary>
internal sealed class LoadGenerator : IDisposable
{
    public const string TenantHeader = "X-Tenant";
    public const string HungUp = "hung up";

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    // A service that cannot be reached is not asked ten thousand times a second.
    private static readonly TimeSpan _pauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, LoadTally> _paths = new(StringComparer.Ordinal);
    private readonly byte[][] _buffers;
    private readonly HttpClient _client;
    private readonly IReadOnlyList<LoadStream> _streams;
    private readonly TimeProvider _time;

    public LoadGenerator(Uri service, IReadOnlyList<LoadStream> streams, TimeProvider time)
    {
        _streams = streams;
        _time = time;
        _buffers = [.. streams.Select(_ => new byte[16 * 1024])];
        // Nothing is drained: who hangs up is gone at once.
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = !service.IsLoopback, AllowAutoRedirect = false, MaxResponseDrainSize = 0 })
        {
            BaseAddress = service,
            Timeout = _longest,
        };
    }

    /// <summary>By path, what became of the requests so far.</summary>
    public IReadOnlyDictionary<string, LoadTally> Paths => _paths;

    public long Requests => _paths.Values.Sum(path => path.Requests);

    /// <summary>Runs all streams until it is cancelled; requests that are under way then are not counted.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_streams.Select((stream, i) => Task.Run(() => RunAsync(stream, i, stop), CancellationToken.None)));

    public void Dispose() => _client.Dispose();

    private async Task RunAsync(LoadStream stream, int index, CancellationToken stop)
    {
        Random random = new(index);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                bool reached = stream.Next(random) is not { } request || await SendAsync(request, _buffers[index], stop);
                TimeSpan pause = reached ? stream.Pause(random) : _pauseAfterFailure;
                if (pause > TimeSpan.Zero) await Task.Delay(pause, _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the load.
        }
    }

    private async Task<bool> SendAsync(LoadRequest request, byte[] buffer, CancellationToken stop)
    {
        long start = _time.GetTimestamp();
        bool reached = true;
        string answer;
        try
        {
            answer = await ExchangeAsync(request, buffer, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            answer = "timed out";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            reached = false;
            answer = failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known ? known.HttpRequestError.ToString() : "broken off";
        }

        _paths.GetOrAdd(request.Path, static _ => new LoadTally()).Add(answer, _time.GetElapsedTime(start));
        return reached;
    }

    private async Task<string> ExchangeAsync(LoadRequest request, byte[] buffer, CancellationToken stop)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, request.Path);
        message.Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (request.Tenant is { } tenant) message.Headers.Add(TenantHeader, tenant);
        using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        await using Stream body = await response.Content.ReadAsStreamAsync(stop);
        while (await body.ReadAsync(buffer, stop) > 0)
        {
            // Left unread, the connection is closed: the service sees its caller go.
            if (request.HangsUp && response.StatusCode == HttpStatusCode.OK) return HungUp;
        }

        return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
