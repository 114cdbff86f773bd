using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>Refuses callers from other machines, unless the host asks for authorization or opens the endpoints.</summary>
internal static class CallerGuard
{
    // A proxy on this machine makes every caller look local: what it adds tells them apart.
    private static readonly string[] _forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Via"];

    public static Task InvokeAsync(HttpContext context, RequestDelegate handler)
    {
        if (MayPass(context)) return handler(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            "Only callers on the same machine are answered here. The host opens it by MapGreenAI(...).RequireAuthorization(), or by the option Endpoints:AllowRemote.\n",
            context.RequestAborted);
    }

    private static bool MayPass(HttpContext context)
    {
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        // The authorization middleware has decided already: endpoints with such metadata do not run without it.
        if (metadata?.GetMetadata<IAuthorizeData>() is not null || metadata?.GetMetadata<AuthorizationPolicy>() is not null)
        {
            if (metadata.GetMetadata<IAllowAnonymous>() is null) return true;
        }

        return context.RequestServices.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value.Endpoints.AllowRemote || IsLocal(context);
    }

    private static bool IsLocal(HttpContext context)
    {
        foreach (string header in _forwarded)
        {
            if (context.Request.Headers.ContainsKey(header)) return false;
        }

        return IsLoopback(context.Connection.RemoteIpAddress) && IsLocalName(context.Request.Host.Host);
    }

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    // A page of a stranger can have its own name resolve to this machine (DNS rebinding); then the name gives it away.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IsLoopback(address));
}
