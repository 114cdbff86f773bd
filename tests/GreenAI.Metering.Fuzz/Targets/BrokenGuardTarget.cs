using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Fuzz;

/// <summary>The negative control of the web: a guard that takes every host for this machine whose name begins like it, as hand-written ones do.</summary>
internal sealed class BrokenGuardTarget : WebPagesTarget
{
    public override string Name => "broken-guard";

    public override IReadOnlyList<byte[]> Corpus { get; } = ["GET /greenai HTTP/1.1\nHost: localhost:5000"u8.ToArray(), "GET /greenai HTTP/2\nHost: example.org"u8.ToArray()];

    protected override WebRig Start() => PagesApp.Start(static app => app.Run(AnswerAsync));

    private static Task AnswerAsync(HttpContext context)
    {
        bool isLocal = context.Request.Host.Host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase);
        context.Response.StatusCode = isLocal ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status403Forbidden;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain";
        return isLocal ? Task.CompletedTask : context.Response.WriteAsync("Only callers on the same machine are answered here.");
    }
}
