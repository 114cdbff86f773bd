using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>What is Redis's own: its clock, its scripts, its users, its slots and its keys.</summary>
public sealed class ServerTests(SharedRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-400)]
    [InlineData(-3)]
    [InlineData(2)]
    [InlineData(4_000)]
    public async Task Exchange_ClockOfTheHolderDaysOff_ThePeriodIsTheServers(int days)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days));
        await using RedisBudgetLedger ledger = Ledger(clock);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply reply = await new TestHolder(ledger, "a", TimeSpan.FromMinutes(1)) { Account = LedgerAccounts.Hourly(1_000) }.ReportAsync(need: 10);
            Assert.NotEqual(LedgerStatus.Closed, reply.Status);
            Assert.InRange(DateTimeOffset.UtcNow, reply.Balance.Start.AddSeconds(-5), reply.Balance.End.AddSeconds(5));
            Assert.InRange(reply.PeriodLastsFor, TimeSpan.Zero, TimeSpan.FromHours(1));
            // It is set right in between: what was learnt of the server's time is wrong now, and is learnt anew.
            clock.AdjustTime(DateTimeOffset.UtcNow);
        }
    }

    [Fact]
    public async Task Exchange_ScriptFlushed_IsSentAgain()
    {
        await using OwnRedis own = new("--appendonly", "no");
        TestHolder holder = own.Holder(LedgerAccounts.Lifetime(1_000));
        await holder.ReportAsync(need: 10);
        for (int i = 0; i < 2; i++)
        {
            Assert.StartsWith("+OK", own.Server.Command("SCRIPT FLUSH"), StringComparison.Ordinal);
            holder.Spend(1);
            Assert.Equal(i + 1, (await holder.ReportAsync(need: 10)).Balance.Settled);
        }
    }

    [Fact]
    public async Task Exchange_UserMayNotSeeInfo_SaysWhatToAllow()
    {
        await using OwnRedis own = new("--appendonly", "no");
        Assert.StartsWith("+OK", own.Server.Command("ACL SETUSER meter on >secret ~greenai:* +@all -info"), StringComparison.Ordinal);
        LedgerUnavailableException found = await RefusedAsync(own);
        Assert.Contains("+info", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_UserMayNotRunScripts_SaysSoWithoutItsPassword()
    {
        await using OwnRedis own = new("--appendonly", "no");
        Assert.StartsWith("+OK", own.Server.Command("ACL SETUSER meter on >secret ~greenai:* +@all -eval -evalsha"), StringComparison.Ordinal);
        LedgerUnavailableException found = await RefusedAsync(own);
        Assert.Contains("grant the commands and keys", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_UserWithWhatIsDocumented_IsEnough()
    {
        await using OwnRedis own = new("--appendonly", "no");
        string allowed = "+eval +evalsha +script|load +time +info +hget +hmget +hgetall +hset +hdel +zadd +zrem +zcard +zrangebyscore +pexpireat";
        // What StackExchange.Redis itself asks when it connects.
        string connects = "+ping +echo +client +hello +auth +cluster +config +subscribe +get +exists";
        Assert.StartsWith("+OK", own.Server.Command($"ACL SETUSER meter on >secret ~greenai:* &* {allowed} {connects}"), StringComparison.Ordinal);
        RedisLedgerOptions options = own.Options();
        options.Configuration += ",user=meter,password=secret";
        await using var ledger = new RedisBudgetLedger(options, TimeProvider.System);
        LedgerAccount account = LedgerAccounts.Rolling(1_000, TimeSpan.FromMilliseconds(200));
        TestHolder holder = new(ledger, "a", TimeSpan.FromMilliseconds(1)) { Account = account };
        await holder.ReportAsync(need: 10);
        holder.Spend(1);
        await Task.Delay(500, Token);
        LedgerBalance? balance = await ledger.ReadAsync(account);
        Assert.Equal((0, 0, 0), (balance?.Settled, balance?.Outstanding, balance?.Holders));
    }

    [Fact]
    public async Task Exchange_Cluster_AllKeysOfAnAccountAreInOneSlot()
    {
        await using OwnRedis own = new("--appendonly", "no", "--cluster-enabled", "yes");
        Assert.StartsWith("+OK", own.Server.Command("CLUSTER ADDSLOTSRANGE 0 16383"), StringComparison.Ordinal);
        await OwnRedis.UntilAsync(() => Task.FromResult(own.Server.Command("CLUSTER INFO").Contains("cluster_state:ok", StringComparison.Ordinal)));
        await own.AnswersAsync();
        string[] accounts = ["team-a/month", "team b", "ключ", "{x}:1", new string('k', LedgerAccount.MaxKeyLength)];
        LedgerAccount[] made = [.. accounts.Select(key => LedgerAccounts.Minutely(1_000, carryOver: 0.5, key: key))];
        IReadOnlyList<LedgerReply> replies = await own.Ledger.ExchangeAsync([.. made.Select(account => own.Holder(account).Request(need: 10))], Token);
        Assert.All(replies, static reply => Assert.Contains(reply.Status, (LedgerStatus[])[LedgerStatus.Granted, LedgerStatus.Learning]));
        HashSet<string> slots = [];
        foreach (string account in accounts)
        {
            string[] of = [.. RedisLedgerKeys.Of("greenai:", account, "2031-03", "2031-02").Select(key => own.Server.Command($"CLUSTER KEYSLOT {key}"))];
            Assert.StartsWith(":", of[0], StringComparison.Ordinal);
            Assert.True(slots.Add(Assert.Single(of.Distinct())), account);
        }
    }

    [Fact]
    public async Task Exchange_CalendarPeriod_ItsKeysExpire()
    {
        await using var rig = new RedisRig(redis);
        LedgerAccount account = LedgerAccounts.Minutely(1_000, key: "expiring");
        await new TestHolder(rig.Ledger, "a", TimeSpan.FromSeconds(30)) { Account = account }.ReportAsync(need: 10);
        (RedisKey Key, TimeSpan? Left)[] keys = await KeysAsync("*{expiring}:*");
        Assert.Equal(4, keys.Length);
        TimeSpan untilRig = rig.Now - DateTimeOffset.UtcNow;
        // Two lengths and a day after the end of the period.
        Assert.All(keys, key => Assert.InRange(key.Left!.Value - untilRig, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromMinutes(4)));
    }

    [Theory]
    [InlineData(BudgetWindowType.Calendar)]
    [InlineData(BudgetWindowType.Lifetime)]
    public async Task Exchange_AReportOfAnEndedPeriodToAnEmptyServer_LeavesNoKeyWithoutAnEnd(BudgetWindowType type)
    {
        await using var rig = new RedisRig(redis);
        string key = FormattableString.Invariant($"ended-{type}");
        await rig.Ledger.SendAsync(new()
        {
            Account = new() { Key = key, Window = new() { Type = type, Unit = CalendarUnit.Minute }, Limit = 100_000 },
            Holder = "a",
            Period = "2020-01-01T00:00Z",
            Lease = 7,
            Granted = 10,
            Spent = 5,
            TimeToLive = TimeSpan.FromSeconds(30),
            IsFinal = true,
        });
        (RedisKey Key, TimeSpan? Left)[] keys = await KeysAsync("*{" + key + "}:*");
        Assert.NotEmpty(keys);
        Assert.All(keys, static key => Assert.NotNull(key.Left));
    }

    [Fact]
    public async Task Exchange_LifetimeBudget_ItsKeysStay()
    {
        await using var rig = new RedisRig(redis);
        await new TestHolder(rig.Ledger, "a", TimeSpan.FromSeconds(30)) { Account = LedgerAccounts.Lifetime(1_000, "staying") }.ReportAsync(need: 10);
        Assert.All(await KeysAsync("*{staying}:*"), static key => Assert.Null(key.Left));
    }

    private RedisBudgetLedger Ledger(TimeProvider clock) => new(redis.Connection, new RedisLedgerOptions { KeyPrefix = redis.NextPrefix() }, clock);

    private static async Task<LedgerUnavailableException> RefusedAsync(OwnRedis own)
    {
        RedisLedgerOptions options = own.Options();
        options.Configuration += ",user=meter,password=secret";
        await using var ledger = new RedisBudgetLedger(options, TimeProvider.System);
        return await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.ReadAsync(LedgerAccounts.Lifetime(1)));
    }

    private async Task<(RedisKey Key, TimeSpan? Left)[]> KeysAsync(string pattern)
    {
        List<(RedisKey, TimeSpan?)> found = [];
        IServer server = redis.Connection.GetServer(redis.Connection.GetEndPoints()[0]);
        await foreach (RedisKey key in server.KeysAsync(pattern: pattern).WithCancellation(Token))
        {
            found.Add((key, await redis.Connection.GetDatabase().KeyTimeToLiveAsync(key)));
        }

        return [.. found];
    }
}
