namespace GreenAI.Metering.Checks;

/// <summary>Accounts of the tests.</summary>
internal static class LedgerAccounts
{
    public static LedgerAccount Lifetime(long limit, string key = "lifetime") => Of(new() { Type = BudgetWindowType.Lifetime }, limit, key);

    public static LedgerAccount Minutely(long limit, double carryOver = 0, string key = "minutely") =>
        Of(new() { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Minute, CarryOver = carryOver }, limit, key);

    public static LedgerAccount Hourly(long limit, double carryOver = 0, string key = "minutely") =>
        Of(new() { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Hour, CarryOver = carryOver }, limit, key);

    public static LedgerAccount Rolling(long limit, TimeSpan length, string key = "rolling") =>
        Of(new() { Type = BudgetWindowType.Rolling, Length = length }, limit, key);

    public static LedgerAccount With(this LedgerAccount account, long limit) => Of(account.Window, limit, account.Key);

    private static LedgerAccount Of(BudgetWindow window, long limit, string key) => new() { Key = key, Window = window, Limit = limit };
}
