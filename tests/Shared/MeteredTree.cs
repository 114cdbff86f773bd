using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Checks;

/// <summary>A powercap tree of two sockets with memory, in a temporary folder, with a pen for each of its four counters.</summary>
internal sealed class MeteredTree : IDisposable
{
    private const long Start = 1_000_000_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("greenai-tree-");
    private readonly PowercapTree _tree;
    private readonly CounterPen[] _pens;

    public MeteredTree()
    {
        _tree = PowercapTree.Create(_folder.FullName, new PowercapTreeOptions { Sockets = 2, Dram = true, StartMicrojoules = Start });
        _pens = [.. _tree.Zones.Where(PowercapDriver.IsCounted).Select(zone => new CounterPen(zone.DirectoryPath, Start))];
    }

    public string Root => _tree.Root;

    public int Zones => _pens.Length;

    /// <summary>What all counters gained.</summary>
    public long GainedMicrojoules => _pens.Sum(pen => pen.Microjoules - Start);

    /// <summary>Adds energy to every counter. Allocates nothing.</summary>
    public void Add(long microjoules)
    {
        foreach (CounterPen pen in _pens) pen.Write(pen.Microjoules + microjoules);
    }

    public void Dispose()
    {
        foreach (CounterPen pen in _pens) pen.Dispose();
        _tree.Dispose();
        _folder.Delete(recursive: true);
    }
}
