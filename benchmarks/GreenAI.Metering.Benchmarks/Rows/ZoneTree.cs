using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A fake powercap tree in a temporary folder.</summary>
internal sealed class ZoneTree : IDisposable
{
    private readonly PowercapTree _tree;

    public ZoneTree(int sockets)
    {
        Root = Directory.CreateTempSubdirectory("greenai-bars-").FullName;
        _tree = PowercapTree.Create(Root, new PowercapTreeOptions { Sockets = sockets, Dram = true });
    }

    public string Root { get; }

    public void Add(long microjoules)
    {
        foreach (PowercapZone zone in _tree.Zones) zone.Add(microjoules);
    }

    public void Dispose()
    {
        _tree.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
