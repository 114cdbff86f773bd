using System.Net;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Fuzz;

/// <summary>Who calls from this machine, without a proxy, by a name of it: told a second time, so that the two can be compared.</summary>
internal static class WebCaller
{
    private static readonly string[] _proxies = ["forwarded", "via", "x-real-ip", "x-client-ip"];

    public static bool IsLocal(WebRequest request) => request.Protocol != "HTTP/1.0"
        && !request.Headers.Keys.Any(static name => IsOfProxies(name.ToLowerInvariant()))
        && IsLoopback(request.Remote)
        && IsLocalName(new HostString(request.Headers.Host.ToString()).Host)
        && (request.Headers.Origin.Count == 0 || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out Uri? origin) && IsLocalName(origin.Host)));

    private static bool IsOfProxies(string name) => _proxies.Contains(name) || name.StartsWith("x-forwarded-", StringComparison.Ordinal) || name.StartsWith("x-original-", StringComparison.Ordinal);

    // 127.0.0.0/8, ::1, and the first of them as an address of IPv6.
    private static bool IsLoopback(IPAddress? address) => address?.GetAddressBytes() is [127, _, _, _]
        or [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] or [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, _, _, _];

    private static bool IsLocalName(string host) =>
        host.ToLowerInvariant().Split('.')[^1] == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IsLoopback(address));
}
