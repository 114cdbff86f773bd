namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>A server that a test may harm, and a ledger on it with a connection of its own.</summary>
internal sealed class OwnRedis : IAsyncDisposable
{
    // Longer than a busy machine takes to start a server: what holders know must not be over by then.
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(200);

    public OwnRedis(params string[] arguments)
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        Server = new RedisServer(arguments);
        Ledger = new RedisBudgetLedger(Options(), TimeProvider.System);
    }

    public RedisServer Server { get; }

    public RedisBudgetLedger Ledger { get; }

    public RedisLedgerOptions Options() => new() { Configuration = Server.Configuration, Skew = Skew, OperationTimeout = TimeSpan.FromSeconds(1) };

    public TestHolder Holder(LedgerAccount account, string name = "a") => new(Ledger, name, TimeToLive) { Account = account };

    /// <summary>Restarts the server, and waits until the ledger has found it again.</summary>
    /// <param name="between">What happens while it is down.</param>
    public async Task RestartAsync(Action<RedisServer>? between = null)
    {
        Server.Kill();
        between?.Invoke(Server);
        Server.Start();
        await AnswersAsync();
    }

    /// <summary>Waits until the server answers the ledger.</summary>
    public async Task AnswersAsync() => await UntilAsync(async () =>
    {
        try
        {
            await Ledger.ReadAsync(LedgerAccounts.Lifetime(1, "nobody's"));
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    });

    /// <summary>Asks again and again, for as long as a server may need.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 1000; i++)
        {
            if (await holds()) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Fail("Not within 20 s.");
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Server.Dispose();
    }
}
