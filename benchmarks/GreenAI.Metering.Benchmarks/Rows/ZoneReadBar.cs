using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Reading one zone's counter file, against a bare positioned read of the same file.</summary>
internal sealed class ZoneReadBar : RatioBar
{
    private readonly string _path = Path.GetTempFileName();
    private readonly KernelCounter _counter;
    private readonly SafeFileHandle _handle;
    private long _sink;

    public ZoneReadBar()
        : base("zone read", limit: 1.3)
    {
        File.WriteAllBytes(_path, "261993328850\n"u8.ToArray());
        _counter = new KernelCounter(_path, TimeProvider.System);
        _handle = File.OpenHandle(_path);
    }

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++)
        {
            // The time stands still: a counter that does not move for a second is opened again, which a moving one never is.
            if (_counter.TryRead(0, out long microjoules) != SampleFault.None) throw new InvalidOperationException(_path);
            sum += microjoules;
        }

        _sink = sum;
    }

    /// <inheritdoc />
    [SkipLocalsInit]
    public override void Floor(int operations)
    {
        Span<byte> buffer = stackalloc byte[32];
        long sum = 0;
        for (int i = 0; i < operations; i++) sum += RandomAccess.Read(_handle, buffer, 0);
        _sink = sum;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _counter.Dispose();
        _handle.Dispose();
        File.Delete(_path);
    }
}
