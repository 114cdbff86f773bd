using System.Net;
using System.Net.Sockets;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A connection that asks for one path again and again, by HTTP/1.1 with keep-alive, and allocates nothing once it is open.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[4096];

    public RawClient(int port, string path)
    {
        _request = System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Sends so many requests, one after another; each answer has to come whole in one piece, with the status 200.</summary>
    public void Ask(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _socket.Send(_request);
            int length = _socket.Receive(_buffer);
            if (!_buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8)) throw new InvalidDataException("The server did not answer 200.");
        }
    }

    public void Dispose() => _socket.Dispose();
}
