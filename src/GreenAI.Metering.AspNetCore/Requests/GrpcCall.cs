using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace GreenAI.Metering;

/// <summary>What tells gRPC calls from other requests: they answer 200 whatever happened, and say in <c>grpc-status</c> how it went.</summary>
/// <remarks>https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.</remarks>
internal static class GrpcCall
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string ContentType = "application/grpc";

    private const string Ok = "0";
    private const string Cancelled = "1";

    public static bool IsCall(HttpRequest request) => IsGrpc(request.ContentType);

    /// <summary>The form that a call asks to be answered in. Servers let in what they do not let out again: what is not one media type is answered as plain gRPC.</summary>
    public static string FormOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? type.MediaType.ToString() : ContentType;

    public static bool IsAnswer(IHttpResponseFeature response) => IsGrpc(response.Headers.ContentType);

    public static InferenceOutcome OutcomeOf(HttpContext context)
    {
        // In the headers where there was nothing else to send.
        string? status = context.Response.Headers.TryGetValue(Status, out var header) ? header.ToString()
            : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers && trailers.TryGetValue(Status, out var trailer) ? trailer.ToString()
            : null;
        return status switch
        {
            null or Ok => InferenceOutcome.Succeeded,
            Cancelled => InferenceOutcome.Abandoned,
            _ => InferenceOutcome.Failed,
        };
    }

    private static bool IsGrpc(string? contentType) => contentType is not null && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase);
}
