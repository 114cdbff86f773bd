using System.Globalization;

namespace GreenAI.Metering.LedgerStress;

/// <summary>What monitor and workers agree on.</summary>
internal sealed record StressTerms(string Configuration, string Account, long Start, int Pace)
{
    /// <summary>A million spends of ten on average.</summary>
    public const long Limit = 10_000_000;

    /// <summary>The upper estimate that each spend stays within.</summary>
    public const int Estimate = 20;

    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    public static StressTerms Parse(string[] words) =>
        new(words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture));

    public string[] ToWords() => [Configuration, Account, Start.ToString(CultureInfo.InvariantCulture), Pace.ToString(CultureInfo.InvariantCulture)];

    public LedgerAccount ToAccount() => new()
    {
        Key = Account,
        Window = new BudgetWindow { Type = BudgetWindowType.Lifetime },
        Limit = Limit,
        Start = DateTimeOffset.FromUnixTimeMilliseconds(Start),
    };

    public RedisBudgetLedger ToLedger() =>
        new(new RedisLedgerOptions { Configuration = Configuration, KeyPrefix = "stress:", Skew = Skew, OperationTimeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);
}
