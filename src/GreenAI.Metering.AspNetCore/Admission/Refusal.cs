using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>Answers requests that may not run: problem details (RFC 9457), or a status of gRPC.</summary>
internal static class Refusal
{
    private const int ResourceExhausted = 8;
    private const int PermissionDenied = 7;
    private const int Unavailable = 14;

    /// <summary>Answers a request that a budget or target refuses.</summary>
    public static Task WriteAsync(HttpContext context, in Admission admission, InferenceMeteringOptions options)
    {
        RequestActivity.TagRefused(context, admission);
        RefusalProblem problem = RefusalProblem.Of(admission, options);
        return GrpcCall.IsCall(context.Request)
            ? WriteGrpc(context, problem.Status == StatusCodes.Status503ServiceUnavailable ? Unavailable : ResourceExhausted, problem)
            : WriteAsync(context, problem);
    }

    /// <summary>Answers a request whose tenant is not known, where such are refused.</summary>
    public static Task WriteUnknownTenantAsync(HttpContext context) => GrpcCall.IsCall(context.Request)
        ? WriteGrpc(context, PermissionDenied, RefusalProblem.UnknownTenant)
        : WriteAsync(context, RefusalProblem.UnknownTenant);

    private static async Task WriteAsync(HttpContext context, RefusalProblem problem)
    {
        byte[] body = problem.ToJson();
        HttpResponse response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    // Trailers only: with no message to send, the status stands in the headers.
    private static Task WriteGrpc(HttpContext context, int status, RefusalProblem problem)
    {
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcCall.FormOf(context.Request);
        response.Headers[GrpcCall.Status] = status.ToString(CultureInfo.InvariantCulture);
        response.Headers[GrpcCall.Message] = Uri.EscapeDataString(problem.Detail);
        if (problem.RetryAfterSeconds is { } seconds)
            response.Headers["grpc-retry-pushback-ms"] = (seconds * 1000).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
