namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>A server that forgets, in part or all of it. Waits for real: the server's clock is the one that counts.</summary>
public sealed class RestartTests
{
    private const long Limit = 100_000;

    // A budget that begins after its server has started cannot have been forgotten by it: no test waits for that.
    private static LedgerAccount Account() => new()
    {
        Key = "restart",
        Window = new BudgetWindow { Type = BudgetWindowType.Lifetime },
        Limit = Limit,
        Start = DateTimeOffset.UtcNow.AddMinutes(1),
    };

    [Fact]
    public async Task Exchange_RestartedWithItsFile_LearnsAndThenGoesOn()
    {
        await using OwnRedis redis = new("--appendonly", "yes");
        TestHolder a = redis.Holder(Account()), b = redis.Holder(Account(), "b");
        long lease = (await a.ReportAsync(need: 400)).Lease;
        a.Spend(150);
        await a.ReportAsync(need: 400);
        await redis.RestartAsync();

        a.Spend(50);
        LedgerReply learning = await a.ReportAsync(need: 5_000);
        Assert.Equal((LedgerStatus.Learning, lease, 1_150), (learning.Status, learning.Lease, learning.Granted));
        Assert.Equal((200, 950), (learning.Balance.Settled, learning.Balance.Outstanding));
        Assert.Equal((LedgerStatus.Learning, 0), Told(await b.ReportAsync(need: 1)));

        await GrantedAsync(a, need: 5_000);
        Assert.Equal((LedgerStatus.Granted, 1_000), Told(await redis.Holder(Account(), "c").ReportAsync(need: 1)));

        static (LedgerStatus, long) Told(LedgerReply reply) => (reply.Status, reply.Granted);
    }

    [Fact]
    public async Task Exchange_RestartedWithNothing_KeepsChargedWhatHoldersKnewAndGrantsNothingMeanwhile()
    {
        await using OwnRedis redis = new("--appendonly", "no");
        LedgerAccount account = Account();
        TestHolder gone = redis.Holder(account, "gone"), done = redis.Holder(account, "done"), a = redis.Holder(account);
        await gone.ReportAsync(need: 30_000);
        await done.ReportAsync(need: 20_000);
        done.Spend(19_000);
        await done.ReportAsync(isFinal: true);
        LedgerReply before = await a.ReportAsync(need: 10_000);
        Assert.Equal((19_000, 59_000), (before.Balance.Settled, before.Balance.Charged));
        await redis.RestartAsync();
        // Begun before the server: it is not known to be new, although nobody is known of it.
        a.Account = account = new() { Key = account.Key, Window = account.Window, Limit = Limit };

        TestHolder late = redis.Holder(account, "late");
        LedgerReply first = await late.ReportAsync(need: 1);
        Assert.Equal((LedgerStatus.Learning, 0), (first.Status, first.Granted));
        a.Spend(4_000);
        LedgerReply learnt = await a.ReportAsync(need: 10_000);
        Assert.Equal((LedgerStatus.Learning, before.Lease, before.Granted), (learnt.Status, learnt.Lease, learnt.Granted));
        // Its own lease is known again; the rest of what it knew to be charged is of holders that nobody knows.
        Assert.Equal((19_000, 6_000, 34_000, 0), Parts(learnt.Balance));
        Assert.Equal(59_000, learnt.Balance.Charged);

        LedgerReply after = await GrantedAsync(a, need: 10_000);
        Assert.Equal((59_000 + 4_000, 0), (after.Balance.Charged, after.Balance.Overrun));
        Assert.Equal(10_000, a.Headroom);

        // A holder that was paused through all of it: what it holds is charged already.
        gone.Account = account;
        gone.Spend(11_000);
        LedgerReply found = await gone.ReportAsync();
        Assert.Equal(63_000, found.Balance.Charged);
        Assert.Equal(LedgerStatus.Granted, found.Status);
        found = await gone.ReportAsync(isFinal: true);
        Assert.Equal(63_000 - 19_000, found.Balance.Charged);
    }

    [Fact]
    public async Task Exchange_RestartedWithoutItsLastSecond_TakesTheHoldersWord()
    {
        await using OwnRedis redis = new("--appendonly", "yes");
        TestHolder a = redis.Holder(Account()), b = redis.Holder(Account(), "b");
        await a.ReportAsync(need: 400);
        long written = redis.Server.AppendOnlyLength();
        a.Spend(600);
        await a.ReportAsync(need: 9_000);
        LedgerReply last = await b.ReportAsync(need: 70_000);
        Assert.Equal((9_600, 70_000), (a.Granted, b.Granted));
        await redis.RestartAsync(server => server.CutAppendOnly(written));

        LedgerReply first = await a.ReportAsync(need: 30_000);
        Assert.Equal((LedgerStatus.Learning, 9_600), (first.Status, first.Granted));
        b.Spend(69_000);
        LedgerReply second = await b.ReportAsync(need: 30_000);
        Assert.Equal((LedgerStatus.Learning, last.Lease, 70_000), (second.Status, second.Lease, second.Granted));
        Assert.Equal((69_600, 10_000, 0, 0), Parts(second.Balance));
    }

    [Fact]
    public async Task Exchange_EmptiedWithoutARestart_LearnsFromTheFirstLeaseThatItDoesNotKnow()
    {
        await using OwnRedis redis = new("--appendonly", "no");
        LedgerAccount account = Account();
        TestHolder a = redis.Holder(account), b = redis.Holder(account, "b");
        await a.ReportAsync(need: 60_000);
        Assert.StartsWith("+OK", redis.Server.Command("FLUSHALL"), StringComparison.Ordinal);
        Assert.Equal(LedgerStatus.Learning, (await a.ReportAsync(need: 60_000)).Status);
        LedgerReply reply = await b.ReportAsync(need: 50_000);
        Assert.Equal((LedgerStatus.Learning, 0, 60_000), (reply.Status, reply.Granted, reply.Balance.Outstanding));
    }

    [Fact]
    public async Task Exchange_ServerDown_SaysSoAndGoesOnWhenItIsBack()
    {
        await using OwnRedis redis = new("--appendonly", "yes");
        TestHolder holder = redis.Holder(Account());
        await holder.ReportAsync(need: 400);
        holder.Spend(100);
        redis.Server.Kill();
        LedgerUnavailableException found = await Assert.ThrowsAsync<LedgerUnavailableException>(() => holder.ReportAsync(need: 400));
        Assert.Contains(redis.Server.Configuration, found.Message, StringComparison.Ordinal);
        redis.Server.Start();
        await redis.AnswersAsync();
        Assert.Equal(100, (await holder.ReportAsync(need: 400)).Balance.Settled);
    }

    [Fact]
    public async Task Exchange_ServerDownAtTheStart_SaysWhatToDoAndIsFoundLater()
    {
        await using OwnRedis redis = new("--appendonly", "no");
        redis.Server.Kill();
        await using var ledger = new RedisBudgetLedger(redis.Options(), TimeProvider.System);
        TestHolder holder = new(ledger, "a", OwnRedis.TimeToLive) { Account = Account() };
        LedgerUnavailableException found = await Assert.ThrowsAsync<LedgerUnavailableException>(() => holder.ReportAsync(need: 1));
        Assert.Contains(redis.Server.Configuration, found.Message, StringComparison.Ordinal);
        redis.Server.Start();
        await OwnRedis.UntilAsync(async () =>
        {
            try
            {
                return (await holder.ReportAsync(need: 1)).Status == LedgerStatus.Granted;
            }
            catch (LedgerUnavailableException)
            {
                return false;
            }
        });
    }

    private static (long Settled, long Outstanding, long Forfeited, long Overrun) Parts(LedgerBalance balance) =>
        (balance.Settled, balance.Outstanding, balance.Forfeited, balance.Overrun);

    private static async Task<LedgerReply> GrantedAsync(TestHolder holder, long need)
    {
        LedgerReply? reply = null;
        await OwnRedis.UntilAsync(async () => (reply = await holder.ReportAsync(need)).Status == LedgerStatus.Granted);
        return reply!;
    }
}
