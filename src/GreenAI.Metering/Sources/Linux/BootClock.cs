using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>Milliseconds since the machine started, the time it slept included: what a lease's end is reckoned by.</summary>
/// <remarks>
/// Not the calendar, which people and NTP move; nor the monotonic clock, which stands still while a machine is suspended, so that a lease that is over would
/// still look valid afterwards (clock_gettime(2), CLOCK_BOOTTIME). A clock that is not the system's own (of a test) is taken as it is.
/// </remarks>
internal sealed partial class BootClock(TimeProvider timeProvider)
{
    private const int ClockMonotonic = 1;
    private const int ClockMonotonicCoarse = 6;
    private const int ClockBootTime = 7;

    private readonly bool _system = ReferenceEquals(timeProvider, TimeProvider.System);
    private readonly double _millisecondsPerTick = 1e3 / timeProvider.TimestampFrequency;
    private long _slept = Slept();

    private static bool HasBootTime => OperatingSystem.IsLinux() && nint.Size == sizeof(long);

    public long Milliseconds => !_system ? (long)(timeProvider.GetTimestamp() * _millisecondsPerTick) : BootTime();

    /// <summary>The same for a sixth of the price: some milliseconds behind, and without what the machine has slept since <see cref="Align"/>.</summary>
    /// <remarks>Good for what nobody else relies on; not for a lease of a shared ledger.</remarks>
    public long Coarse => !_system || !HasBootTime ? Milliseconds : Read(ClockMonotonicCoarse) + Volatile.Read(ref _slept);

    /// <summary>Lets <see cref="Coarse"/> know what the machine has slept.</summary>
    public void Align() => Volatile.Write(ref _slept, Slept());

    private static long Slept() => HasBootTime ? Read(ClockBootTime) - Read(ClockMonotonic) : 0;

    private static long BootTime() => HasBootTime ? Read(ClockBootTime) : Environment.TickCount64;

    private static long Read(int clock) =>
        GetTime(clock, out TimeSpec time) == 0 ? (time.Seconds * 1000) + (time.Nanoseconds / 1_000_000) : Environment.TickCount64;

    // Answered by the vDSO without entering the kernel: it neither blocks nor calls back.
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
