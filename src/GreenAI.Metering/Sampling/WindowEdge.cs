namespace GreenAI.Metering;

/// <summary>One end of an energy window: each device's books at that moment, as soon as they are known.</summary>
/// <remarks>Written under the closer's lock.</remarks>
internal sealed class WindowEdge(int devices, long time)
{
    private readonly TaskCompletionSource _resolved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BooksMark[] _marks = new BooksMark[devices];
    private readonly bool[] _known = new bool[devices];

    public long Time => time;

    public Task Resolved => _resolved.Task;

    public BooksMark Mark(int device) => _marks[device];

    /// <summary>Takes what the devices know by now; true when nothing is missing.</summary>
    /// <param name="meters">The devices.</param>
    /// <param name="exact">At the edge itself: devices that just closed were closed for it.</param>
    /// <param name="giveUp">Take the last known books of devices that have not closed since.</param>
    /// <param name="now">The time: a device not read for long is not waited for.</param>
    public bool TryResolve(ReadOnlySpan<DeviceMeter> meters, bool exact, bool giveUp, long now)
    {
        bool all = true;
        for (int i = 0; i < meters.Length; i++)
        {
            if (_known[i]) continue;
            DeviceMeter meter = meters[i];
            BooksMark last = meter.Mark;
            bool reached = meter.Started && (last.Time >= time || (exact && !meter.Tracked && meter.Latest.Fault == SampleFault.None));
            if (!reached && !giveUp && !meter.IsStale(now))
            {
                all = false;
                continue;
            }

            _marks[i] = reached && last.Time > time ? BooksMark.Between(meter.Before, last, time) : last;
            _known[i] = true;
        }

        if (all) _resolved.TrySetResult();
        return all;
    }
}
