using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>To be written.</summary>
internal static class AutoscalingEndpoint
{
    public static Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return Task.CompletedTask;
    }
}
