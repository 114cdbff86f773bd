using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>How a request ended whose handler does not say.</summary>
internal static class RequestOutcome
{
    /// <param name="context">The request, its response complete.</param>
    /// <param name="response">What the server sent.</param>
    /// <param name="handler">The handler's task; null: it threw before it gave one.</param>
    /// <param name="thrown">What it threw then.</param>
    /// <param name="isAnswered">Whether the caller was still there when the handler was done.</param>
    public static InferenceOutcome Of(HttpContext context, IHttpResponseFeature response, Task? handler, Exception? thrown, bool isAnswered)
    {
        if (handler is { IsCanceled: true }) return InferenceOutcome.Abandoned;
        Exception? error = thrown ?? (handler is { IsFaulted: true } ? handler.Exception.InnerException : null);
        // The server breaks the connection of a handler that failed halfway: the error tells more than the connection, unless it is what comes of a broken one.
        if (error is not null) return error is OperationCanceledException || (error is IOException && IsAborted(context)) ? InferenceOutcome.Abandoned : InferenceOutcome.Failed;
        if (!isAnswered && IsAborted(context)) return InferenceOutcome.Abandoned;
        if (response.StatusCode >= StatusCodes.Status500InternalServerError) return InferenceOutcome.Failed;
        return GrpcCall.IsAnswer(response) ? GrpcCall.OutcomeOf(context) : InferenceOutcome.Succeeded;
    }

    /// <summary>Whether the caller has broken off.</summary>
    public static bool IsAborted(HttpContext context) => RequestFeatures.Aborted(context.Features).IsCancellationRequested;
}
