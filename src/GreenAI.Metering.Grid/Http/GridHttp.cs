using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace GreenAI.Metering;

/// <summary>Sends one request and reads a bounded body. Failures are refusals; only the caller's cancellation is thrown.</summary>
/// <param name="source">What messages call the source.</param>
/// <param name="zoneOption">The option a person looks at when the source does not know what was asked for.</param>
/// <param name="clients">A client per request, so that the factory may change its handlers beneath.</param>
/// <param name="timeout">The longest for request, retries and body together.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class GridHttp(string source, string zoneOption, Func<HttpClient> clients, TimeSpan timeout, TimeProvider timeProvider)
{
    /// <summary>The longest body that is read: answers have a few kilobytes.</summary>
    public const int MaxBytes = 1_000_000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);
    private static readonly ProductInfoHeaderValue _agent = new("GreenAI.Metering", typeof(GridHttp).Assembly.GetName().Version?.ToString(3));

    /// <summary>One client for every request, for those who bring their own.</summary>
    public static Func<HttpClient> Always(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return () => client;
    }

    /// <summary>A GET of a path below an address, which asks for JSON.</summary>
    public static HttpRequestMessage Get(Uri baseAddress, string pathAndQuery)
    {
        HttpRequestMessage request = new(HttpMethod.Get, new Uri(baseAddress.AbsoluteUri.TrimEnd('/') + pathAndQuery));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(_agent);
        return request;
    }

    public async ValueTask<GridReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using HttpResponseMessage response =
                await clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK) return new GridReply(Refuse(response), response.StatusCode);
            return await ReadAsync(response.Content, either.Token).ConfigureAwait(false) is { } body
                ? new GridReply(body)
                : new GridReply(GridAnswer.Malformed(source, "it is larger than 1 MB"));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new GridReply(Unreachable($"did not answer in time (Timeout is {timeout.ToString("c", CultureInfo.InvariantCulture)})"));
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            // Handlers are the application's, and networks fail in many ways. Types and codes only: a message could quote a header.
            return new GridReply(Unreachable($"could not be reached ({Describe(exception)})"));
        }
    }

    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxBytes) return null;
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream body = new();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(8192);
        try
        {
            while (await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                if (body.Length + count > MaxBytes) return null;
                body.Write(chunk, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return body.ToArray();
    }

    // Nothing of the body is quoted: an error page may repeat the request, its key included.
    private CarbonIntensityAnswer Refuse(HttpResponseMessage response)
    {
        string status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        TimeSpan? wait = RetryAfter(response);
        return (int)response.StatusCode switch
        {
            204 => CarbonIntensityAnswer.Refused(CarbonGap.NoData, $"{source} has no figure now (status {status}).", wait),
            400 or 404 or 422 => CarbonIntensityAnswer.Refused(
                CarbonGap.NoData, $"{source} does not know what was asked for (status {status}); check {zoneOption}.", wait),
            401 or 403 => CarbonIntensityAnswer.Refused(
                CarbonGap.Unauthorized, $"{source} refused the request (status {status}); check the credentials, and whether their plan covers {zoneOption}.", wait),
            429 => CarbonIntensityAnswer.Refused(CarbonGap.RateLimited, $"{source} asks for fewer requests (status {status}).", wait),
            >= 300 and < 400 => CarbonIntensityAnswer.Refused(
                CarbonGap.Unreachable, $"{source} answered with a redirection (status {status}), which is not followed; check BaseAddress.", wait),
            _ => CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, $"{source} answered with status {status}.", wait),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - timeProvider.GetUtcNow(),
            _ => null,
        };
        if (asked is not { } wait) return null;
        // A slip in a header must not silence a source for years.
        if (wait > _longestWait) return _longestWait;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private CarbonIntensityAnswer Unreachable(string what) => CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, $"{source} {what}.");

    private static string Describe(Exception exception)
    {
        string text = exception.GetType().Name;
        if (exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request) text += $", {request.HttpRequestError}";
        return exception.GetBaseException() is SocketException socket ? $"{text}, {socket.SocketErrorCode}" : text;
    }
}
