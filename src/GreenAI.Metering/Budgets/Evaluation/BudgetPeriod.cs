namespace GreenAI.Metering;

/// <summary>One period of a window: from its start, included, to its end, excluded. Both in UTC.</summary>
/// <param name="id">A name that no other period of the window has.</param>
/// <param name="start">The first instant.</param>
/// <param name="end">The first instant after it; <see cref="DateTimeOffset.MaxValue"/>: never.</param>
internal readonly struct BudgetPeriod(string id, DateTimeOffset start, DateTimeOffset end)
{
    /// <summary>A name that no other period of the window has: <c>2026-11@Europe/Berlin</c>, <c>2026-W48</c>, <c>lifetime</c>, <c>rolling:P1D</c>.</summary>
    public string Id => id;

    /// <summary>The first instant.</summary>
    public DateTimeOffset Start => start;

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset End => end;

    /// <summary>Whether an instant is in it. The last instant that can be told is in the last period.</summary>
    public bool Contains(DateTimeOffset instant) => instant >= start && (instant < end || end == DateTimeOffset.MaxValue);
}
