namespace GreenAI.Metering.Samples;

/// <summary>What machine a made tree shows.</summary>
public sealed class PowercapTreeOptions
{
    /// <summary>Number of packages.</summary>
    /// <value>1.</value>
    public int Sockets { get; init; } = 1;

    /// <summary>
    /// Dies per package; more than one gives zones <c>package-N-die-M</c> that all mirror one counter, as older kernels do on AMD.
    /// </summary>
    /// <value>1.</value>
    public int Dies { get; init; } = 1;

    /// <summary>Whether each package has a child zone <c>dram</c>.</summary>
    public bool Dram { get; init; }

    /// <summary>Whether each package has a child zone <c>core</c>, as real ones do: a meter must not add it.</summary>
    /// <value>True.</value>
    public bool Core { get; init; } = true;

    /// <summary>Whether there is a top-level zone <c>psys</c> that contains all others.</summary>
    public bool Psys { get; init; }

    /// <summary>Whether a second control type, <c>intel-rapl-mmio</c>, shows the package counters again.</summary>
    public bool Mmio { get; init; }

    /// <summary>Largest value of package, core and psys counters; a small one wraps soon.</summary>
    /// <value>262,143,328,850 µJ, the range of an Intel package since Haswell.</value>
    public long RangeMicrojoules { get; init; } = 262_143_328_850;

    /// <summary>Largest value of memory counters.</summary>
    /// <value>65,712,999,613 µJ, the range of the fixed 15.3 µJ unit of Intel servers.</value>
    public long DramRangeMicrojoules { get; init; } = 65_712_999_613;

    /// <summary>First value of every counter. A kernel does not register a zone whose counter is 0.</summary>
    /// <value>1,000 J.</value>
    public long StartMicrojoules { get; init; } = 1_000_000_000;

    /// <summary>
    /// Content of a package's <c>constraint_0_max_power_uw</c>: the thermal design power; 0 when the firmware states none.
    /// </summary>
    /// <value>250 W.</value>
    public long MaxPowerMicrowatts { get; init; } = 250_000_000;
}
