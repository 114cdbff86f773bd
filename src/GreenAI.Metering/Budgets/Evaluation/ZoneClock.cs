namespace GreenAI.Metering;

/// <summary>What clocks of a time zone show. It only asks which offset is in force at an instant of UTC: that has one answer, always.</summary>
/// <remarks>Times are ticks; local ones may lie outside of what a <see cref="DateTime"/> holds. Pure.</remarks>
internal readonly struct ZoneClock(TimeZoneInfo zone)
{
    // No offset is larger than 14 h; an hour more, so that the ends are surely before and after.
    private const long Reach = 15 * TimeSpan.TicksPerHour;

    private static readonly long _last = DateTime.MaxValue.Ticks;

    /// <summary>The offset from UTC at an instant.</summary>
    public long OffsetAt(long utc) => zone.GetUtcOffset(new DateTime(Math.Clamp(utc, 0, _last), DateTimeKind.Utc)).Ticks;

    /// <summary>The first instant at which clocks show at least a time: the earlier of two, and the first valid one where the time is left out.</summary>
    public long FirstAt(long local)
    {
        if (local <= 0) return 0;
        if (local > _last) return _last;
        long at = Math.Max(0, local - Reach), end = Math.Min(_last, local + Reach);
        long offset = OffsetAt(at);
        if (offset == OffsetAt(local - offset) && offset == OffsetAt(end)) return Math.Clamp(local - offset, 0, _last);
        while (at < end)
        {
            // From one change of the offset to the next.
            if (at + offset >= local) return at;
            long change = FirstChange(at, end);
            if (local - offset < change) return local - offset;
            at = change;
            offset = OffsetAt(at);
        }

        return Math.Clamp(local - offset, 0, _last);
    }

    /// <summary>The first instant after <paramref name="from"/> with another offset; <paramref name="to"/> when there is none up to it.</summary>
    public long FirstChange(long from, long to)
    {
        long offset = OffsetAt(from);
        for (long low = from; low < to;)
        {
            long high = Math.Min(to, low + TimeSpan.TicksPerHour);
            if (OffsetAt(high) == offset)
            {
                low = high;
                continue;
            }

            while (high - low > 1)
            {
                long middle = low + ((high - low) / 2);
                if (OffsetAt(middle) == offset) low = middle;
                else high = middle;
            }

            return high;
        }

        return to;
    }
}
