using System.Net;
using System.Net.Sockets;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Where the service listens when nobody says where.</summary>
internal static class Listening
{
    private const int StandardPort = 5080;

    /// <summary>The standard address, or a free one where that is taken.</summary>
    public static string Choose(TextWriter messages, int port = StandardPort)
    {
        if (IsFree(port)) return $"http://localhost:{port}";
        messages.WriteLine($"Port {port} is taken by another program: listening on a free one instead. Choose one by --urls http://localhost:PORT.");
        return "http://127.0.0.1:0";
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener ipv4 = new(IPAddress.Loopback, port);
            ipv4.Start();
            if (!Socket.OSSupportsIPv6) return true;
            using TcpListener ipv6 = new(IPAddress.IPv6Loopback, port);
            ipv6.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException)
        {
            // No IPv6 on this machine after all: the server does without it too.
            return true;
        }
    }
}
