using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Keeps one request under way on each of some connections. One thread: the server's threads have the other cores.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private const int Connections = 16;

    private readonly Socket[] _sockets = new Socket[Connections];
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[4096];
    private readonly int _answerLength;

    public LoopbackClient(Uri address)
    {
        _request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
        for (int i = 0; i < _sockets.Length; i++)
        {
            _sockets[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets[i].Connect(IPAddress.Loopback, address.Port);
        }

        _answerLength = FirstAnswer();
    }

    /// <summary>Requests a second over about so long.</summary>
    public double Run(TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (Socket socket in _sockets) socket.Send(_request);
        int answered = 0;
        bool last = false;
        while (!last)
        {
            last = Stopwatch.GetElapsedTime(started) >= time;
            foreach (Socket socket in _sockets)
            {
                ReceiveAnswer(socket);
                answered++;
                if (!last) socket.Send(_request);
            }
        }

        return answered / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets) socket.Dispose();
    }

    private void ReceiveAnswer(Socket socket)
    {
        int received = 0;
        while (received < _answerLength)
        {
            int more = socket.Receive(_buffer, received, _answerLength - received, SocketFlags.None);
            if (more == 0) throw new IOException("The server closed a connection.");
            received += more;
        }

        if (_buffer[9] != '2') throw new IOException($"The server answered '{Encoding.ASCII.GetString(_buffer, 0, received)}'.");
    }

    // Every answer is as long as the first one.
    private int FirstAnswer()
    {
        _sockets[0].Send(_request);
        int received = 0;
        while (true)
        {
            int more = _sockets[0].Receive(_buffer, received, _buffer.Length - received, SocketFlags.None);
            if (more == 0) throw new IOException("The server closed the first connection.");
            received += more;
            // Text without a stated length comes in chunks; the last one is empty.
            if (_buffer.AsSpan(0, received).EndsWith("Hello, World!\r\n0\r\n\r\n"u8)) return received;
        }
    }
}
