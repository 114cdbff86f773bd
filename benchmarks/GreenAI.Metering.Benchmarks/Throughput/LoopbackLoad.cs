namespace GreenAI.Metering.Benchmarks;

/// <summary>Some clients of one server, each on a thread of its own: as many as there are cores keep the whole machine busy.</summary>
internal sealed class LoopbackLoad(Uri address, int threads) : IDisposable
{
    private readonly LoopbackClient[] _clients = [.. Enumerable.Range(0, threads).Select(_ => new LoopbackClient(address))];

    /// <summary>Requests a second over about so long.</summary>
    public double Run(TimeSpan time)
    {
        Task<double>[] others = [.. _clients.Skip(1).Select(client => Task.Run(() => client.Run(time)))];
        return _clients[0].Run(time) + others.Sum(other => other.Result);
    }

    public void Dispose()
    {
        foreach (LoopbackClient client in _clients) client.Dispose();
    }
}
