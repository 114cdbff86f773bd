namespace GreenAI.Metering;

/// <summary>The periods of ledgers' accounts.</summary>
internal static class LedgerPeriods
{
    /// <summary>The period of an account at an instant. A rolling window has one, which never ends: what leaves the window is forgotten instead.</summary>
    public static BudgetPeriod At(LedgerAccount account, DateTimeOffset utcNow)
    {
        BudgetPeriod period = BudgetCalendar.PeriodAt(account.Window, utcNow, account.Start);
        return account.Window.Type == BudgetWindowType.Rolling ? new(period.Id, period.Start, DateTimeOffset.MaxValue) : period;
    }

    /// <summary>How long a period still lasts; <see cref="TimeSpan.MaxValue"/>: without an end.</summary>
    public static TimeSpan Left(DateTimeOffset end, DateTimeOffset utcNow) =>
        end == DateTimeOffset.MaxValue ? TimeSpan.MaxValue : end > utcNow ? end - utcNow : TimeSpan.Zero;

    /// <summary>Whether an earlier period is of an account's window as it is now, and so leaves to it what it did not spend.</summary>
    public static bool IsOf(LedgerAccount account, string id, DateTimeOffset start) =>
        account.Window.Type == BudgetWindowType.Calendar && BudgetCalendar.PeriodAt(account.Window, start, account.Start).Id == id;
}
