using System.IO.MemoryMappedFiles;

namespace GreenAI.Metering.LedgerStress;

/// <summary>What a worker really did, in a mapped file: it is there when the worker is killed at any instant.</summary>
internal sealed class TruthFile : IDisposable
{
    private const int Size = 4096;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public TruthFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Size);
        _view = _file.CreateViewAccessor();
    }

    public long Spent { get => _view.ReadInt64(0); set => _view.Write(0, value); }

    public long Admissions { get => _view.ReadInt64(8); set => _view.Write(8, value); }

    public long Exchanges { get => _view.ReadInt64(16); set => _view.Write(16, value); }

    /// <summary>Processor time of the whole process while it had headroom, in microseconds.</summary>
    public long Microseconds { get => _view.ReadInt64(24); set => _view.Write(24, value); }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
