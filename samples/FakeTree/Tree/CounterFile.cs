using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering.Samples;

/// <summary>A fake <c>energy_uj</c>: written in place, because readers hold the file open.</summary>
internal sealed class CounterFile(string path) : IDisposable
{
    private SafeFileHandle? _handle;
    private int _length;

    /// <summary>Writes the number as the kernel prints it.</summary>
    public void Write(long microjoules) => Write(microjoules.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>
    /// Writes any text in one call. Before a shorter one is truncated, a reader may see the old tail behind it.
    /// </summary>
    public void Write(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        SafeFileHandle handle = Open();
        RandomAccess.Write(handle, bytes, 0);
        if (bytes.Length < _length) RandomAccess.SetLength(handle, bytes.Length);
        _length = bytes.Length;
    }

    /// <summary>Leaves nothing to read, in handles already open too.</summary>
    public void Empty()
    {
        RandomAccess.SetLength(Open(), 0);
        _length = 0;
    }

    /// <summary>Deletes the file; a handle still open reads nothing, where the kernel would say ENODEV.</summary>
    public void Delete()
    {
        Empty();
        Dispose();
        File.Delete(path);
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private SafeFileHandle Open()
    {
        if (_handle is not null) return _handle;
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _length = (int)RandomAccess.GetLength(_handle);
        return _handle;
    }
}
