using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>What the script is told of a request, or of a reading where there is none.</summary>
internal sealed class RedisLedgerCall
{
    private const int Parts = 60;

    private static readonly TimeSpan _longestLength = TimeSpan.FromDays(36_500);

    private RedisLedgerCall(BudgetPeriod period, RedisKey[] keys, RedisValue[] values)
    {
        Period = period;
        Keys = keys;
        Values = values;
    }

    /// <summary>The period that is the current one at the time that was told.</summary>
    public BudgetPeriod Period { get; }

    public RedisKey[] Keys { get; }

    public RedisValue[] Values { get; }

    /// <param name="options">How the ledger is kept.</param>
    /// <param name="account">The account.</param>
    /// <param name="request">The request; null: the account is read.</param>
    /// <param name="serverNow">The server's time as far as it is known: the script refuses a period that is not the current one by its own clock.</param>
    /// <param name="clock">The time instead of the server's, in tests.</param>
    public static RedisLedgerCall Of(RedisLedgerOptions options, LedgerAccount account, LedgerRequest? request, DateTimeOffset serverNow, DateTimeOffset? clock)
    {
        BudgetWindow window = account.Window;
        BudgetPeriod period = LedgerPeriods.At(account, serverNow);
        bool isCurrent = request?.Period is null || request.Period == period.Id;
        BudgetPeriod previous = isCurrent && window.CarryOver > 0 ? BudgetCalendar.Previous(window, period) : period;
        RedisKey[] keys = RedisLedgerKeys.Of(options.KeyPrefix, account.Key, isCurrent ? period.Id : request!.Period!, previous.Id);
        bool isCalendar = window.Type == BudgetWindowType.Calendar;
        long length = window.Type == BudgetWindowType.Rolling ? Math.Max(1, Whole(window.Length)) : 1;
        TimeSpan kept = isCalendar ? Least(period.End - period.Start, _longestLength) * 2 : TimeSpan.Zero;
        List<RedisValue> values =
        [
            request is null ? "r" : "x",
            isCalendar ? "c" : window.Type == BudgetWindowType.Rolling ? "r" : "l",
            isCurrent ? 1 : 0,
            window.Type == BudgetWindowType.Rolling ? 0 : period.Start.ToUnixTimeMilliseconds(),
            isCalendar ? period.End.ToUnixTimeMilliseconds() : 0,
            Whole(kept + TimeSpan.FromDays(1)),
            length,
            ((length - 1) / Parts) + 1,
            account.Limit,
            Most(account),
            Whole(options.Skew),
            clock is { } now ? now.ToUnixTimeMilliseconds() : RedisValue.EmptyString,
            Whole(Least(options.ForfeitFor, _longestLength)),
            account.CarryBase > 0 ? account.CarryBase : RedisValue.EmptyString,
            FormattableString.Invariant($"{window.Type}/{window.Unit}/{window.FirstMonth}/{window.TimeZone}"),
        ];
        if (request is not null) Add(values, request);
        return new(period, keys, [.. values]);
    }

    // The most that can be carried over.
    private static long Most(LedgerAccount account)
    {
        long nominal = account.CarryBase > 0 ? account.CarryBase : account.Limit;
        return nominal == long.MaxValue ? 0 : CarryOver.Amount(nominal, account.Window.CarryOver, long.MaxValue, 0);
    }

    private static void Add(List<RedisValue> values, LedgerRequest request) => values.AddRange(
    [
        request.Holder,
        request.Lease,
        request.Granted,
        request.Spent,
        request.Returned,
        request.KnownSettled,
        request.KnownCharged,
        request.Need,
        Math.Max(1, Whole(Least(request.TimeToLive, _longestLength))),
        request.IsFinal ? 1 : 0,
    ]);

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static long Whole(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;
}
