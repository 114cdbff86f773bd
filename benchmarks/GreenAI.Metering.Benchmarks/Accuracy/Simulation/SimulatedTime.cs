namespace GreenAI.Metering.Benchmarks;

/// <summary>Simulated time in nanoseconds. Its timers are events of the simulation and fire up to 1 ms late, as those of a system do.</summary>
internal sealed class SimulatedTime(EventQueue events, int seed) : TimeProvider
{
    public const long Second = 1_000_000_000;

    // A timestamp of 0 means "none" to a meter: no process begins at the boot of its machine.
    private const long Origin = 1000 * Second;
    private const long MaximumLateness = Second / 1000;

    private readonly Draw _lateness = new(seed, DrawPurpose.TimerLateness);

    /// <summary>Nanoseconds since the simulation began.</summary>
    public long Now { get; private set; }

    public double NowSeconds => Now / (double)Second;

    public override long TimestampFrequency => Second;

    public override long GetTimestamp() => Origin + Now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Now / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SimulatedTimer(this, events, () => callback(state), dueTime, period);

    public void MoveTo(long time) => Now = time;

    public static long Nanoseconds(double seconds) => (long)Math.Round(seconds * Second);

    internal long Lateness() => (long)(_lateness.Uniform() * MaximumLateness);
}
