using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering.Checks;

/// <summary>Writes an <c>energy_uj</c> in place without allocating. For counters that only grow: a shorter number is not truncated.</summary>
internal sealed class CounterPen(string zone, long start) : IDisposable
{
    private readonly SafeFileHandle _file =
        File.OpenHandle(Path.Combine(zone, "energy_uj"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    public long Microjoules { get; private set; } = start;

    public void Write(long microjoules)
    {
        Span<byte> text = stackalloc byte[24];
        if (!microjoules.TryFormat(text, out int length, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A long has at most 20 characters.");
        text[length++] = (byte)'\n';
        RandomAccess.Write(_file, text[..length], 0);
        Microjoules = microjoules;
    }

    public void Dispose() => _file.Dispose();
}
