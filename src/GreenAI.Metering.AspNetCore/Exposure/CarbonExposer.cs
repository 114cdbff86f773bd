using Microsoft.AspNetCore.Http;

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
        CarbonExposure exposure = Of(context);
        context.Response.OnStarting(_onStarting, context);
        return exposure.HasFlag(CarbonExposure.Trailer) ? WithTrailerAsync(context) : next(context);
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
        if (exposure.HasFlag(CarbonExposure.Trailer) && MayHaveTrailers(context)) context.Response.DeclareTrailer(HeaderName);
        if (!exposure.HasFlag(CarbonExposure.ServerTiming) || RoundedText.Of(footprint.Marginal?.Joules) is not { } energy) return;
        string entry = carbon is null ? $"energy;desc=\"{energy} J\"" : $"energy;desc=\"{energy} J\", carbon;desc=\"{carbon} g\"";
        headers.Append(ServerTiming, entry);
    }

    private async Task WithTrailerAsync(HttpContext context)
    {
        await next(context);
        // Not started: there is no body, and the response is still open to who wants to write one, such as status code pages.
        if (!context.Response.HasStarted || !MayHaveTrailers(context)) return;
        if (RoundedText.Of(Footprint(context).MarginalGramsCO2e) is { } carbon) context.Response.AppendTrailer(HeaderName, carbon);
    }

    // HTTP/1.1 has trailers only where it has chunks.
    private static bool MayHaveTrailers(HttpContext context) =>
        context.Response.SupportsTrailers() && (!HttpProtocol.IsHttp11(context.Request.Protocol) || IsChunked(context));

    private static bool IsChunked(HttpContext context) => context.Response.ContentLength is null
        && !HttpMethods.IsHead(context.Request.Method)
        && context.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    private static InferenceFootprint Footprint(HttpContext context) => context.Features.Get<IInferenceFeature>()?.Footprint ?? InferenceFootprint.None;
}
