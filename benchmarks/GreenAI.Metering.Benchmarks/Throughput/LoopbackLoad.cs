namespace GreenAI.Metering.Benchmarks;

/// <summary>Some clients of one server, each on a thread of its own: as many as there are cores keep the whole machine busy.</summary>
internal sealed class LoopbackLoad(Uri address, int threads) : IDisposable
{
    private readonly LoopbackClient[] _clients = [.. Enumerable.Range(0, threads).Select(_ => new LoopbackClient(address))];

    /// <summary>Requests a second over about so long.</summary>
    public double Run(TimeSpan time)
    {
        if (_clients.Length == 1) return _clients[0].Run(time);
        return Task.WhenAll(_clients.Select(client => Task.Factory.StartNew(() => client.Run(time), TaskCreationOptions.LongRunning))).Result.Sum();
    }

    public void Dispose()
    {
        foreach (LoopbackClient client in _clients) client.Dispose();
    }
}
