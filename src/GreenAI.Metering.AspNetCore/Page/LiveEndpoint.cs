using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>Sends the snapshots of the page as server-sent events.</summary>
internal sealed class LiveEndpoint(LiveFeed feed, PageHistory history, TimeProvider timeProvider, CancellationToken stopping)
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(15);

    // Who takes nothing for so long has gone without saying so.
    private static readonly TimeSpan _longestSend = TimeSpan.FromSeconds(30);

    private static readonly byte[] _beat = ": nothing new\n\n"u8.ToArray();

    public async Task HandleAsync(HttpContext context)
    {
        PageHeaders.Write(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method) && !feed.TryJoin())
        {
            await RefuseAsync(context).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        // A proxy that collects the answer before it passes it on would show nothing.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await SendAllAsync(context, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The viewer has gone, or the host goes.
        }
        finally
        {
            feed.Leave();
        }
    }

    private async Task SendAllAsync(HttpContext context, CancellationToken ended)
    {
        using (var first = new PooledBuffer(4096))
        {
            history.Write(first);
            if (!await TrySendAsync(context, first.Written, ended).ConfigureAwait(false)) return;
        }

        long seen = 0;
        while (true)
        {
            LiveFrame? frame = await feed.NextAsync(seen, _heartbeat, ended).ConfigureAwait(false);
            try
            {
                if (!await TrySendAsync(context, frame?.Bytes ?? _beat, ended).ConfigureAwait(false)) return;
            }
            finally
            {
                frame?.Release();
            }

            seen = frame?.Number ?? seen;
        }
    }

    // False: it takes too long, and the connection is cut.
    private async Task<bool> TrySendAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken ended)
    {
        Task sending = SendAsync(context.Response, bytes, ended);
        try
        {
            await sending.WaitAsync(_longestSend, timeProvider, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            context.Abort();
            // The bytes must stay until nobody reads them any more.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    private static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken ended)
    {
        await response.Body.WriteAsync(bytes, ended).ConfigureAwait(false);
        await response.Body.FlushAsync(ended).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.RetryAfter = "10";
        return context.Response.WriteAsync("As many watch already as Endpoints:MaxViewers lets. Close a page, or raise the option.\n", context.RequestAborted);
    }
}
