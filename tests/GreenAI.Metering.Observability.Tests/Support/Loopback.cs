using System.Net;
using System.Net.Sockets;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>Ports for servers that cannot take one themselves.</summary>
internal static class Loopback
{
    /// <summary>A port that nobody has: free a moment ago, which is why servers are tried more than once.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
