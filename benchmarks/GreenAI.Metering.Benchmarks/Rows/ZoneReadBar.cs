using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Reading one RAPL zone through the power source, clock included, against a bare positioned read of the same file.</summary>
internal sealed class ZoneReadBar : RatioBar
{
    private const int Zones = 4;

    private readonly ZoneTree _tree = new(sockets: Zones / 2);
    private readonly IPowerSource _source;
    private readonly SafeFileHandle _handle;
    private readonly PowerSample[] _samples = new PowerSample[Zones];
    private long _sink;

    public ZoneReadBar()
        : base("zone read", limit: 1.3)
    {
        _source = RaplDetection.Detect(new SourceContext(_tree.Root, "/proc", TimeProvider.System)).Source
            ?? throw new InvalidOperationException("The fake tree must be found.");
        _handle = File.OpenHandle(Path.Combine(_tree.Root, "class", "powercap", "intel-rapl:0", "energy_uj"));
    }

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i += Zones)
        {
            _source.Read(_samples);
            if (_samples[0].Fault != SampleFault.None) throw new InvalidOperationException($"{_samples[0].Fault}");
            sum += _samples[0].Microjoules;
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
        _source.Dispose();
        _handle.Dispose();
        _tree.Dispose();
    }

    // A counter that stands still for a second is opened again, which a moving one never is: let it move between the blocks.
    /// <inheritdoc />
    protected override void Before(int operations) => _tree.Add(1_000_000);
}
