using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GreenAI.Metering;

/// <summary>Refuses callers from other machines, unless the host asks for authorization or opens the endpoints.</summary>
internal static class CallerGuard
{
    // What the authorization middleware leaves behind when it has let a request pass to its endpoint.
    private const string Authorized = "__AuthorizationMiddlewareWithEndpointInvoked";

    // A proxy on this machine makes every caller look local: what it adds tells them apart.
    private static readonly string[] _forwarded = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP"];

    private static readonly string[] _forwardedFamilies = ["X-Forwarded-", "X-Original-"];

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
        // The authorization middleware has decided already. Where there is none the metadata alone keep nobody out: the server looks for some of them only, and for none where the host says so.
        if ((metadata?.GetMetadata<IAuthorizeData>() is not null || metadata?.GetMetadata<AuthorizationPolicy>() is not null) && context.Items.ContainsKey(Authorized))
        {
            if (metadata.GetMetadata<IAllowAnonymous>() is null) return true;
        }

        return context.RequestServices.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value.Endpoints.AllowRemote || IsLocal(context);
    }

    private static bool IsLocal(HttpContext context)
    {
        // A proxy that adds nothing often speaks HTTP/1.0 to what it stands before, as nginx does unless it is told otherwise. Browsers and tools do not.
        if (HttpProtocol.IsHttp10(context.Request.Protocol)) return false;
        foreach ((string name, _) in context.Request.Headers)
        {
            if (_forwarded.Contains(name, StringComparer.OrdinalIgnoreCase) || _forwardedFamilies.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase))) return false;
        }

        return IsLoopback(context.Connection.RemoteIpAddress) && IsLocalName(context.Request.Host.Host) && IsLocalOrigin(context.Request.Headers.Origin);
    }

    // A page of a stranger in a browser on this machine; it could read the answer where the host lets any page call it (CORS).
    private static bool IsLocalOrigin(StringValues origin) => origin.Count == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && IsLocalName(uri.Host));

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    // A page of a stranger can have its own name resolve to this machine (DNS rebinding); then the name gives it away.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IsLoopback(address));
}
