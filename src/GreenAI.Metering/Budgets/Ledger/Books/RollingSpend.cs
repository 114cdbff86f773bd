namespace GreenAI.Metering;

/// <summary>What was booked in a rolling window, by sixtieths of its length. Not thread-safe.</summary>
/// <remarks>A sixtieth counts while any part of it lies in the window: nothing is forgotten early, and at most a sixtieth of the length late.</remarks>
internal sealed class RollingSpend(TimeSpan length)
{
    /// <summary>How finely the window is cut.</summary>
    public const int Parts = 60;

    private readonly long _width = Math.Max(1, (length.Ticks / Parts) + (length.Ticks % Parts == 0 ? 0 : 1));

    public TimeSpan Length => length;

    /// <summary>Oldest first.</summary>
    public List<RollingPart> Booked { get; } = [];

    /// <summary>The part that an instant is in.</summary>
    public long PartAt(DateTimeOffset now) => now.UtcTicks / _width;

    /// <summary>The oldest part that is still in the window.</summary>
    public long OldestAt(DateTimeOffset now) => PartAt(now) - Parts;

    public void Add(DateTimeOffset now, long spent, long overrun)
    {
        long part = PartAt(now);
        // A clock that was set back books into the newest part: the order is kept, and it is forgotten no earlier.
        RollingPart last = Booked.Count == 0 ? new(part, 0, 0) : Booked[^1];
        if (last.Part >= part && Booked.Count > 0) Booked.RemoveAt(Booked.Count - 1);
        else last = new(part, 0, 0);
        Booked.Add(new(last.Part, PeriodBook.Sum(last.Settled, spent), PeriodBook.Sum(last.Overrun, overrun)));
    }

    public void Forget(DateTimeOffset now)
    {
        long oldest = OldestAt(now);
        int old = 0;
        while (old < Booked.Count && Booked[old].Part < oldest) old++;
        Booked.RemoveRange(0, old);
    }

    public long Settled()
    {
        long sum = 0;
        foreach (RollingPart part in Booked) sum = PeriodBook.Sum(sum, part.Settled);
        return sum;
    }

    public long Overrun()
    {
        long sum = 0;
        foreach (RollingPart part in Booked) sum = PeriodBook.Sum(sum, part.Overrun);
        return sum;
    }
}
