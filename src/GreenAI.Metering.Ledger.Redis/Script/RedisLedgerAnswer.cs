using System.Globalization;
using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>What the script answered.</summary>
internal readonly struct RedisLedgerAnswer
{
    private readonly RedisResult[] _parts;

    /// <exception cref="LedgerUnavailableException">The server's own state cannot be seen, or what answered is not this version's script.</exception>
    public RedisLedgerAnswer(RedisResult result, string where)
    {
        _parts = result.Length > 1 ? (RedisResult[])result! : [];
        Kind = _parts.Length > 1 ? (string?)_parts[0] : null;
        if (Kind == "NOINFO")
        {
            throw new LedgerUnavailableException(
                $"Redis at {where} does not let a script see INFO server ({(string?)_parts[1]}), without which a restart that lost leases cannot be told. Allow it: ACL SETUSER … +info.",
                null);
        }

        if (Kind is not ("OK" or "SKEW" or "NONE")) throw new LedgerUnavailableException($"Redis at {where} answered what the ledger's script does not say.", null);
        ServerTime = DateTimeOffset.FromUnixTimeMilliseconds(Number(1));
    }

    /// <summary><c>OK</c>, <c>SKEW</c>: another period is the current one by the server's clock, <c>NONE</c>: the account was never used.</summary>
    public string? Kind { get; }

    /// <summary>The server's time.</summary>
    public DateTimeOffset ServerTime { get; }

    /// <summary>The answer to a request.</summary>
    public LedgerReply Reply(LedgerRequest request, BudgetPeriod current)
    {
        LedgerStatus status = (string?)_parts[2] switch
        {
            "G" => LedgerStatus.Granted,
            "X" => LedgerStatus.Exhausted,
            "L" => LedgerStatus.Learning,
            _ => LedgerStatus.Closed,
        };
        LedgerBalance balance = Balance(request.Account, request.Period, current);
        return new()
        {
            Status = status,
            Period = balance.Period,
            Lease = Number(3),
            Granted = Number(4),
            LastsFor = status == LedgerStatus.Closed ? TimeSpan.Zero : request.TimeToLive,
            PeriodLastsFor = LedgerPeriods.Left(balance.End, ServerTime),
            Target = Number(5),
            Balance = balance,
        };
    }

    /// <summary>The state of a period.</summary>
    /// <param name="account">The account.</param>
    /// <param name="named">The period that was asked for; null: the current one.</param>
    /// <param name="current">The current period.</param>
    public LedgerBalance Balance(LedgerAccount account, string? named, BudgetPeriod current)
    {
        bool isCurrent = named is null || named == current.Id;
        bool isRolling = account.Window.Type == BudgetWindowType.Rolling;
        return new()
        {
            Period = isCurrent ? current.Id : named!,
            Start = isCurrent ? isRolling ? ServerTime - account.Window.Length : current.Start : Instant(13, DateTimeOffset.UnixEpoch),
            End = isCurrent ? current.End : Instant(14, current.Start),
            Limit = Number(6),
            CarriedOver = Number(7),
            Settled = Number(8),
            Outstanding = Number(9),
            Forfeited = Number(10),
            Overrun = Number(11),
            Holders = (int)Number(12),
        };
    }

    private long Number(int index) => long.Parse(((string?)_parts[index])!, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private DateTimeOffset Instant(int index, DateTimeOffset unknown) =>
        (string?)_parts[index] is { Length: > 0 } ? DateTimeOffset.FromUnixTimeMilliseconds(Number(index)) : unknown;
}
