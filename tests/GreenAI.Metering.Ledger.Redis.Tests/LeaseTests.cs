using StackExchange.Redis;

namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>Leases whose holder falls silent and comes back.</summary>
public sealed class LeaseTests(SharedRedis redis)
{
    private const long Limit = 100_000;

    private static readonly TimeSpan _timeToLive = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Exchange_SilentUntilTheDeadlineButNotTheSkew_TheLeaseStays()
    {
        await using var rig = new RedisRig(redis, _skew);
        TestHolder holder = Holder(rig);
        long lease = (await holder.ReportAsync(need: 100)).Lease;
        await rig.AdvanceAsync(_timeToLive + _skew - TimeSpan.FromMilliseconds(1));
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal((LedgerStatus.Granted, lease), (reply.Status, reply.Lease));
    }

    [Fact]
    public async Task Exchange_Late_WhatIsStillReservedStaysChargedUntilItIsSettled()
    {
        await using var rig = new RedisRig(redis, _skew);
        TestHolder holder = Holder(rig);
        LedgerReply reply = await holder.ReportAsync(need: 1_000);
        await rig.AdvanceAsync(_timeToLive + _skew);
        Assert.Equal((0, 1_000, 0), Parts(await rig.Ledger.ReadAsync(holder.Account)));

        // It ran on: 300 are spent, 200 reserved by inferences that run still, 500 given back.
        LedgerRequest late = Request(reply, spent: 300, returned: 500);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply closed = await rig.Ledger.SendAsync(late);
            Assert.Equal(LedgerStatus.Closed, closed.Status);
            Assert.Equal((300, 200, 0), Parts(closed.Balance));
        }

        LedgerReply settled = await rig.Ledger.SendAsync(Request(reply, spent: 490, returned: 500, isFinal: true));
        Assert.Equal((LedgerStatus.Closed, 490, 0, 0), (settled.Status, settled.Balance.Settled, settled.Balance.Forfeited, settled.Balance.Overrun));
        // Said out of order: the older report is no news.
        Assert.Equal((490, 0, 0), Parts((await rig.Ledger.SendAsync(late)).Balance));
    }

    [Fact]
    public async Task Exchange_ManyHoldersKilled_OneLeaseOfEachIsForfeited()
    {
        await using var rig = new RedisRig(redis, _skew);
        for (int i = 0; i < 5; i++) await Holder(rig, FormattableString.Invariant($"killed {i}")).ReportAsync(need: 100);
        await rig.AdvanceAsync(_timeToLive + _skew);
        TestHolder holder = Holder(rig);
        LedgerReply reply = await holder.ReportAsync(need: 96_000);
        Assert.Equal((LedgerStatus.Exhausted, 95_000, 5_000), (reply.Status, reply.Granted, reply.Balance.Forfeited));
    }

    [Fact]
    public async Task Exchange_HoldersDiedWithoutSpendingLongAgo_TheBudgetIsNotGone()
    {
        await using var rig = new RedisRig(redis, _skew);
        for (int i = 0; i < 100; i++)
        {
            await Holder(rig, FormattableString.Invariant($"dead {i}")).ReportAsync(need: 1_000);
            await rig.AdvanceAsync(TimeSpan.FromDays(3));
        }

        LedgerReply reply = await Holder(rig, "alive").ReportAsync(need: 1_000);
        Assert.Equal((LedgerStatus.Granted, 1_000, 0), (reply.Status, reply.Granted, reply.Balance.Forfeited));
    }

    [Fact]
    public async Task Exchange_SilentForLongerThanItIsForfeited_TheRestIsGivenBackAndALateReportIsStillBookedOnce()
    {
        await using var rig = new RedisRig(redis, _skew, forfeitFor: TimeSpan.FromHours(2));
        TestHolder holder = Holder(rig);
        LedgerReply reply = await holder.ReportAsync(need: 1_000);
        await rig.AdvanceAsync(TimeSpan.FromHours(2) + _timeToLive);
        Assert.Equal((0, 1_000, 0), Parts(await rig.Ledger.ReadAsync(holder.Account)));
        await rig.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal((0, 0, 0), Parts(await rig.Ledger.ReadAsync(holder.Account)));
        LedgerRequest late = Request(reply, spent: 300, returned: 500);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply closed = await rig.Ledger.SendAsync(late);
            Assert.Equal((LedgerStatus.Closed, 300, 0, 300), (closed.Status, closed.Balance.Settled, closed.Balance.Forfeited, closed.Balance.Overrun));
        }
    }

    [Fact]
    public async Task Exchange_LostAndClaimedByNobody_IsGivenBackInTheEnd()
    {
        await using var rig = new RedisRig(redis, _skew);
        TestHolder gone = Holder(rig, "gone"), holder = Holder(rig);
        LedgerReply first = await gone.ReportAsync(need: 1_000);
        await holder.ReportAsync(need: 1_000);
        foreach (RedisKey key in RedisLedgerKeys.Of(rig.Prefix, "lifetime", "lifetime", "lifetime")[..4]) await redis.Connection.GetDatabase().KeyDeleteAsync(key);
        for (int i = 0; i < 4; i++)
        {
            await holder.ReportAsync();
            await rig.AdvanceAsync(TimeSpan.FromSeconds(11));
        }

        Assert.Equal((0, 1_000, 0), Parts((await holder.ReportAsync()).Balance));
        await rig.AdvanceAsync(TimeSpan.FromHours(25));
        holder.Spend(200);
        LedgerReply late = await holder.ReportAsync(isFinal: true);
        Assert.Equal((200, 0, 200), Parts(late.Balance));

        // What it had is not taken from what others have spent.
        Assert.Equal((200, 0, 200), Parts((await rig.Ledger.SendAsync(Request(first, spent: 0, returned: 1_000, isFinal: true, "gone"))).Balance));
    }

    [Fact]
    public async Task Exchange_ForfeitedInARollingWindow_LeavesItWithTheWindow()
    {
        await using var rig = new RedisRig(redis, _skew);
        LedgerAccount account = LedgerAccounts.Rolling(Limit, TimeSpan.FromMinutes(10));
        TestHolder holder = new(rig.Ledger, "a", _timeToLive) { Account = account };
        await holder.ReportAsync(need: 1_000);
        await rig.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((0, 1_000, 0), Parts(await rig.Ledger.ReadAsync(account)));
        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0, 0), Parts(await rig.Ledger.ReadAsync(account)));
        // What it says so late is booked all the same, and nothing stands for it any more.
        holder.Spend(10);
        LedgerReply late = await holder.ReportAsync();
        Assert.Equal((LedgerStatus.Closed, 10, 10), (late.Status, late.Balance.Settled, late.Balance.Overrun));
    }

    [Fact]
    public async Task Exchange_ALeaseThatWasForgotten_IsNotBookedAgain()
    {
        await using var rig = new RedisRig(redis, _skew);
        LedgerAccount rolling = LedgerAccounts.Rolling(Limit, TimeSpan.FromMinutes(10)), lifetime = LedgerAccounts.Lifetime(Limit);
        TestHolder[] paused = [new(rig.Ledger, "a", _timeToLive) { Account = rolling }, new(rig.Ledger, "a", _timeToLive) { Account = lifetime }];
        TestHolder[] others = [new(rig.Ledger, "b", _timeToLive) { Account = rolling }, new(rig.Ledger, "b", _timeToLive) { Account = lifetime }];
        foreach (TestHolder holder in paused)
        {
            await holder.ReportAsync(need: 1_000);
            holder.Spend(900);
            await holder.ReportAsync();
        }

        foreach (TimeSpan time in (TimeSpan[])[TimeSpan.FromHours(25), TimeSpan.FromHours(25), TimeSpan.FromSeconds(1)])
        {
            foreach (TestHolder other in others) await other.ReportAsync(need: 1);
            await rig.AdvanceAsync(time);
        }

        // It wakes, and tells what it had told two days ago.
        long[] lease = [.. paused.Select(holder => holder.Lease)];
        LedgerReply[] late = [await paused[0].ReportAsync(), await paused[1].ReportAsync()];
        Assert.All(late, static reply => Assert.Equal((LedgerStatus.Closed, 1_000), (reply.Status, reply.Granted)));
        Assert.Equal(lease, late.Select(reply => reply.Lease));
        Assert.Equal([0, 900], late.Select(reply => reply.Balance.Settled));
    }

    [Fact]
    public async Task Exchange_HoldersThatAreLongDone_AreForgotten()
    {
        await using var rig = new RedisRig(redis, _skew);
        for (int i = 0; i < 60; i++)
        {
            TestHolder holder = Holder(rig, FormattableString.Invariant($"h{i}"));
            await holder.ReportAsync(need: 1);
            await holder.ReportAsync(isFinal: true);
            await rig.AdvanceAsync(TimeSpan.FromHours(12));
        }

        RedisKey[] keys = RedisLedgerKeys.Of(rig.Prefix, "lifetime", "lifetime", "lifetime");
        Assert.InRange(await redis.Connection.GetDatabase().HashLengthAsync(keys[2]), 2, 6);
        Assert.InRange(await redis.Connection.GetDatabase().SortedSetLengthAsync(keys[4]), 1, 3);
    }

    [Fact]
    public async Task Exchange_FinalWithoutALeaseTwice_IsBookedOnceAndTheNextBeginsAnew()
    {
        await using var rig = new RedisRig(redis, _skew);
        TestHolder holder = Holder(rig);
        holder.Spend(7);
        LedgerRequest final = holder.Request(isFinal: true);
        for (int i = 0; i < 2; i++) Assert.Equal((7, 0, 7), Parts2((await rig.Ledger.SendAsync(final)).Balance));
        Assert.Equal(LedgerStatus.Granted, (await holder.ReportAsync(need: 100)).Status);

        static (long, long, long) Parts2(LedgerBalance balance) => (balance.Settled, balance.Outstanding, balance.Overrun);
    }

    // Beyond 2^53 a double has no odd numbers, and beyond 2^54 every second even one is missing too.
    [Theory]
    [InlineData((1L << 53) + 1, 1)]
    [InlineData((1L << 60) + 12_345, 3)]
    [InlineData(LedgerRules.MaxAmount, 7)]
    public async Task Exchange_BeyondWhatADoubleCounts_IsExact(long need, long more)
    {
        await using var rig = new RedisRig(redis, _skew);
        TestHolder a = Holder(rig), b = Holder(rig, "b");
        a.Account = b.Account = LedgerAccounts.Lifetime(need + more, "large");
        Assert.Equal(need, (await a.ReportAsync(need)).Granted);
        LedgerReply rest = await b.ReportAsync(need);
        Assert.Equal((LedgerStatus.Exhausted, more, 0), (rest.Status, rest.Granted, rest.Balance.Remaining));
        a.Spend(need - 1);
        LedgerReply told = await a.ReportAsync();
        Assert.Equal((need - 1, 1 + more), (told.Balance.Settled, told.Balance.Outstanding));
    }

    [Fact]
    public async Task Exchange_OnlyCounted_IsExactToTheLastAndStopsAtTheEnd()
    {
        await using var rig = new RedisRig(redis, _skew);
        LedgerAccount account = LedgerAccounts.Lifetime(long.MaxValue, "counted");
        long sum = 0;
        for (int i = 0; i < 5; i++)
        {
            TestHolder holder = new(rig.Ledger, FormattableString.Invariant($"h{i}"), _timeToLive) { Account = account };
            holder.Spend(LedgerRules.MaxAmount - i);
            sum = i < 4 ? (long)Int128.Min(long.MaxValue, (Int128)sum + LedgerRules.MaxAmount - i) : long.MaxValue;
            LedgerReply reply = await holder.ReportAsync(need: 1);
            Assert.Equal((LedgerStatus.Granted, sum, 0), (reply.Status, reply.Balance.Settled, reply.Balance.Overrun));
        }
    }

    private static TestHolder Holder(RedisRig rig, string name = "a") => new(rig.Ledger, name, _timeToLive) { Account = LedgerAccounts.Lifetime(Limit) };

    private static LedgerRequest Request(LedgerReply reply, long spent, long returned, bool isFinal = false, string holder = "a") => new()
    {
        Account = LedgerAccounts.Lifetime(Limit),
        Holder = holder,
        Period = reply.Period,
        Lease = reply.Lease,
        Granted = reply.Granted,
        Spent = spent,
        Returned = returned,
        TimeToLive = _timeToLive,
        IsFinal = isFinal,
    };

    private static (long Settled, long Forfeited, long Overrun) Parts(LedgerBalance? balance) =>
        balance is null ? (-1, -1, -1) : (balance.Settled, balance.Forfeited, balance.Overrun);
}
