using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace GreenAI.Metering;

/// <summary>Puts what a request has cost into its response, for endpoints that allow it. Runs within the metering of the request, and only where its plan says so.</summary>
internal sealed class CarbonExposer(RequestDelegate next)
{
    /// <summary>The header's and the trailer's name, of an Internet-Draft that has expired (2023) and was never registered.</summary>
    public const string HeaderName = "Carbon-Emissions-Scope-2";

    private const string ServerTiming = "Server-Timing";

    private static readonly Func<object, Task> _onStarting = static state =>
    {
        Begin((HttpContext)state);
        return Task.CompletedTask;
    };

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(_onStarting, context);
        return !Of(context).HasFlag(CarbonExposure.Trailer) ? next(context)
            : context.Response.SupportsTrailers() ? WithTrailerAsync(context)
            : MayBeChunked(context) ? WithChunksAsync(context)
            : next(context);
    }

    /// <summary>What the endpoint of a request exposes.</summary>
    public static CarbonExposure Of(HttpContext context) => Of(context.GetEndpoint());

    /// <summary>What an endpoint exposes.</summary>
    public static CarbonExposure Of(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<ICarbonExposureMetadata>()?.Exposure ?? CarbonExposure.None;

    private static void Begin(HttpContext context)
    {
        CarbonExposure exposure = Of(context);
        IHeaderDictionary headers = context.Response.Headers;
        InferenceFootprint footprint = Footprint(context);
        string? carbon = RoundedText.Of(footprint.MarginalGramsCO2e);
        if ((exposure & (CarbonExposure.Header | CarbonExposure.Trailer)) != 0) headers.Remove(HeaderName);
        if (exposure.HasFlag(CarbonExposure.Header) && carbon is not null) headers[HeaderName] = carbon;
        if (exposure.HasFlag(CarbonExposure.Trailer)) Announce(context);
        if (!exposure.HasFlag(CarbonExposure.ServerTiming) || RoundedText.Of(footprint.Marginal?.Joules) is not { } energy) return;
        string entry = carbon is null ? $"energy;desc=\"{energy} J\"" : $"energy;desc=\"{energy} J\", carbon;desc=\"{carbon} g\"";
        headers.Append(ServerTiming, entry);
    }

    private static void Announce(HttpContext context)
    {
        if (context.Response.SupportsTrailers())
        {
            if (HasBody(context)) context.Response.DeclareTrailer(HeaderName);
            return;
        }

        if (context.Features.Get<ChunkedBody>() is not { IsOver: false } body || !HasBody(context)) return;
        IHeaderDictionary headers = context.Response.Headers;
        if (context.Response.ContentLength is not null || headers.TransferEncoding.Count > 0) return;
        headers.TransferEncoding = "chunked";
        body.IsChunked = true;
        context.Response.DeclareTrailer(HeaderName);
    }

    private async Task WithTrailerAsync(HttpContext context)
    {
        await next(context);
        // Not started: there is no body, and the response is still open to who wants to write one, such as status code pages.
        if (context.Response.HasStarted && HasBody(context) && Carbon(context) is { } carbon) context.Response.AppendTrailer(HeaderName, carbon);
    }

    private async Task WithChunksAsync(HttpContext context)
    {
        IHttpResponseBodyFeature server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new ChunkedBody(server, context.Features.GetRequiredFeature<IHttpResponseFeature>(), context.Features.Get<IHttpBodyControlFeature>());
        var feature = new StreamResponseBodyFeature(body, server);
        context.Features.Set(body);
        context.Features.Set<IHttpResponseBodyFeature>(feature);
        try
        {
            await next(context);
            if (feature.Writer.UnflushedBytes > 0) await feature.Writer.FlushAsync();
            await body.EndAsync(HeaderName, Carbon(context));
        }
        finally
        {
            body.IsOver = true;
            context.Features.Set(server);
        }
    }

    // Only where the server itself is next: what compresses the body outside of us would compress the chunks' frames.
    private static bool MayBeChunked(HttpContext context) => HttpProtocol.IsHttp11(context.Request.Protocol)
        && context.Features.Get<IHttpMinResponseDataRateFeature>() is not null
        && ReferenceEquals(context.Features.Get<IHttpResponseBodyFeature>(), context.Features.Get<IHttpResponseFeature>());

    // What follows a 101 or a CONNECT is another protocol, such as that of a WebSocket.
    private static bool HasBody(HttpContext context) => !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsConnect(context.Request.Method)
        && context.Response.StatusCode is not (< StatusCodes.Status200OK or StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    private static string? Carbon(HttpContext context) => RoundedText.Of(Footprint(context).MarginalGramsCO2e);

    private static InferenceFootprint Footprint(HttpContext context) => context.Features.Get<IInferenceFeature>()?.Footprint ?? InferenceFootprint.None;
}
