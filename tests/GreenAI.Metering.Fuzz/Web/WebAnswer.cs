using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace GreenAI.Metering.Fuzz;

/// <summary>The server's side of one request, and what was answered to it.</summary>
internal sealed class WebAnswer : IHttpResponseFeature, IHttpResponseBodyFeature, IHttpResponseTrailersFeature, IHttpMinResponseDataRateFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();
    private readonly CancellationTokenSource _gone = new();

    public WebAnswer(WebRequest request)
    {
        Written = new WebAnswerBody(this);
        Writer = PipeWriter.Create(Written);
        if (request.HasGone) _gone.Cancel();
        Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Path = request.Path,
            QueryString = request.Query,
            Protocol = request.Protocol,
            Scheme = request.IsHttps ? "https" : "http",
            Headers = request.Headers,
        });
        Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = request.Remote });
        Features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = RequestAborted });
        Features.Set<IHttpResponseFeature>(this);
        Features.Set<IHttpResponseBodyFeature>(this);
        if (request.User is { } user) Features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = user });
        // As Kestrel has it: trailers by HTTP/2, and by HTTP/1.1 what lets us cut the body into chunks.
        if (request.Protocol == "HTTP/2") Features.Set<IHttpResponseTrailersFeature>(this);
        else Features.Set<IHttpMinResponseDataRateFeature>(this);
    }

    public FeatureCollection Features { get; } = new();

    public CancellationToken RequestAborted => _gone.Token;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    public MinDataRate? MinDataRate { get; set; }

    public bool HasStarted { get; private set; }

    public WebAnswerBody Written { get; }

    public PipeWriter Writer { get; }

    public Stream Stream => Written;

    Stream IHttpResponseFeature.Body { get => Written; set => throw new NotSupportedException(); }

    public void Leave() => _gone.Cancel();

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted) return;
        while (_starting.TryPop(out (Func<object, Task> Callback, object State) next)) await next.Callback(next.State);
        HasStarted = true;
    }

    public async Task EndAsync()
    {
        while (_completed.TryPop(out (Func<object, Task> Callback, object State) next)) await next.Callback(next.State);
        _gone.Dispose();
    }

    public void DisableBuffering()
    {
    }

    public Task CompleteAsync() => StartAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) => throw new NotSupportedException();
}
