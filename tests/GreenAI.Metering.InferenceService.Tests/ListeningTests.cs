using System.Net;
using System.Net.Sockets;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class ListeningTests
{
    [Fact]
    public void Choose_PortIsTaken_TakesAFreeOneAndSaysSo()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        StringWriter messages = new();

        Assert.Equal("http://127.0.0.1:0", Listening.Choose(messages, port));

        Assert.StartsWith($"Port {port} is taken by another program", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_PortIsFree_TakesItSilently()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        StringWriter messages = new();

        Assert.Equal($"http://localhost:{port}", Listening.Choose(messages, port));

        Assert.Equal("", messages.ToString());
    }
}
