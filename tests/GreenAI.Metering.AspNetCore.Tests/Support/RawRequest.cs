using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Requests that no client library would send.</summary>
internal static class RawRequest
{
    /// <summary>Sends a request line and headers as they are, and reads the answer to its end.</summary>
    public static async Task<string> AskAsync(WebRig rig, params string[] lines)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{string.Join("\r\n", lines)}\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
