namespace GreenAI.Metering;

/// <summary>The current period of a window: worked out again only when the time leaves it.</summary>
/// <remarks>Not thread-safe: one thread moves it. Moving within a period allocates nothing.</remarks>
internal sealed class PeriodTracker
{
    private readonly BudgetWindow _window;
    private readonly DateTimeOffset _lifetimeStart;

    /// <summary>Begins in the period of an instant.</summary>
    /// <param name="window">The window.</param>
    /// <param name="lifetimeStart">When a lifetime window begins.</param>
    /// <param name="utcNow">The instant.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the zone.</exception>
    public PeriodTracker(BudgetWindow window, DateTimeOffset lifetimeStart, DateTimeOffset utcNow)
    {
        _window = window;
        _lifetimeStart = lifetimeStart;
        Current = BudgetCalendar.PeriodAt(window, utcNow, lifetimeStart);
    }

    /// <summary>The period; of a rolling window: up to the instant it was last moved to.</summary>
    public BudgetPeriod Current { get; private set; }

    /// <summary>Moves to an instant, forwards or backwards.</summary>
    /// <returns>Whether that is another period than before. Of a rolling window it never is.</returns>
    public bool MoveTo(DateTimeOffset utcNow)
    {
        if (_window.Type == BudgetWindowType.Rolling)
        {
            Current = BudgetCalendar.Rolling(Current.Id, _window.Length, utcNow);
            return false;
        }

        if (_window.Type == BudgetWindowType.Lifetime || Current.Contains(utcNow)) return false;
        Current = BudgetCalendar.PeriodAt(_window, utcNow, _lifetimeStart);
        return true;
    }
}
