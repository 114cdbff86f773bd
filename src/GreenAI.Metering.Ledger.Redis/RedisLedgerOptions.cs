using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>Where the ledger of a fleet is kept, and how.</summary>
public sealed class RedisLedgerOptions
{
    /// <summary>How StackExchange.Redis connects: <c>redis.example.org:6379,user=greenai,password=…,ssl=true</c>. Not needed with a connection of the host's.</summary>
    /// <value>Not set.</value>
    public string? Configuration { get; set; }

    /// <summary>What the ledger's keys begin with; the same for all meters of a fleet.</summary>
    /// <value><c>greenai:</c>; at most 100 characters, without braces.</value>
    public string KeyPrefix { get; set; } = "greenai:";

    /// <summary>How long after its deadline a lease is taken for over; holders stop before their deadline by clocks of their own.</summary>
    /// <value>2 seconds; from 0 to 5 minutes.</value>
    public TimeSpan Skew { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the rest of a lease stays charged after its holder fell silent. Until then it may have been spent and not told; afterwards it is given back, and
    /// may be granted to others. A report that comes later still books what was spent, as an overrun if need be. In a rolling window that is shorter, its length.
    /// </summary>
    /// <value>24 hours; at least 1 minute. The same for all meters of a fleet.</value>
    public TimeSpan ForfeitFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The longest to wait for the server's answer.</summary>
    /// <value>2 seconds; from 10 milliseconds to 1 minute.</value>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The number of the database; a cluster has only 0.</summary>
    /// <value>-1: the connection's own.</value>
    public int Database { get; set; } = -1;

    /// <summary>What is wrong with the options; each entry names the option, its value and what is allowed.</summary>
    internal IEnumerable<string> Mistakes(bool needsConfiguration)
    {
        if (needsConfiguration && string.IsNullOrWhiteSpace(Configuration))
        {
            yield return "RedisLedgerOptions.Configuration is not set; it must name a server: 'localhost:6379'.";
        }
        else if (needsConfiguration && ConfigurationMistake() is { } mistake)
        {
            yield return mistake;
        }

        if (KeyPrefix is not { Length: <= 100 } || KeyPrefix.AsSpan().ContainsAny('{', '}'))
        {
            yield return $"RedisLedgerOptions.KeyPrefix is '{KeyPrefix}'; it must have at most 100 characters, and no braces.";
        }

        if (Skew < TimeSpan.Zero || Skew > TimeSpan.FromMinutes(5))
        {
            yield return $"RedisLedgerOptions.Skew is {Skew}; it must be from 00:00:00 to 00:05:00.";
        }

        if (ForfeitFor < TimeSpan.FromMinutes(1))
        {
            yield return $"RedisLedgerOptions.ForfeitFor is {ForfeitFor}; it must be at least 00:01:00.";
        }

        if (OperationTimeout < TimeSpan.FromMilliseconds(10) || OperationTimeout > TimeSpan.FromMinutes(1))
        {
            yield return $"RedisLedgerOptions.OperationTimeout is {OperationTimeout}; it must be from 00:00:00.0100000 to 00:01:00.";
        }

        if (Database < -1) yield return FormattableString.Invariant($"RedisLedgerOptions.Database is {Database}; it must be -1 or more.");
    }

    // The text may hold a password: it is not repeated.
    private string? ConfigurationMistake()
    {
        try
        {
            return ConfigurationOptions.Parse(Configuration!).EndPoints.Count > 0
                ? null
                : "RedisLedgerOptions.Configuration names no server; it must name one: 'localhost:6379'.";
        }
        catch (ArgumentException exception)
        {
            return $"RedisLedgerOptions.Configuration cannot be read: {exception.Message}";
        }
    }
}
