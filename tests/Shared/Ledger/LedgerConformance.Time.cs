namespace GreenAI.Metering.Checks;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task Exchange_HolderSilent_ItsRestIsReleasedOrForfeitedAndALateReportIsBookedOnce()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(Limit);
        TestHolder holder = Holder(rig, account), other = Holder(rig, account, "b");
        long lease = (await holder.ReportAsync(need: 100)).Lease;
        holder.Spend(1_000);
        await holder.ReportAsync();
        holder.Spend(500);
        await ExpireAsync(rig);

        LedgerReply seen = await other.ReportAsync();
        IsCharged(seen.Balance, settled: 1_000, outstanding: 0, forfeited: rig.ForfeitFor > TimeSpan.Zero ? Usual - 1_000 : 0);
        Assert.Equal(1, seen.Balance.Holders);

        // What is released may be with others by now: spending it after all is an overrun. What is forfeited was kept for it.
        LedgerRequest late = holder.Request(need: 100, isFinal: true);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply reply = await rig.Ledger.SendAsync(late);
            Assert.Equal((LedgerStatus.Closed, lease), (reply.Status, reply.Lease));
            IsCharged(reply.Balance, settled: 1_500, outstanding: 0, overrun: rig.ForfeitFor > TimeSpan.Zero ? 0 : 500);
        }
    }

    [Fact]
    public async Task Exchange_LeaseExpired_TheHolderGetsAnother()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        long lease = (await holder.ReportAsync(need: 100)).Lease;
        await ExpireAsync(rig);
        LedgerReply late = await holder.ReportAsync(need: 100, isFinal: true), next = await holder.ReportAsync(need: 100);
        Assert.Equal((LedgerStatus.Closed, LedgerStatus.Granted), (late.Status, next.Status));
        Assert.NotEqual(lease, next.Lease);
        IsCharged(next.Balance, settled: 0, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_RenewedInTime_TheLeaseStays()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        long lease = (await holder.ReportAsync(need: 100)).Lease;
        for (int i = 0; i < 4; i++)
        {
            await rig.AdvanceAsync(10 * rig.Second);
            LedgerReply reply = await holder.ReportAsync();
            Assert.Equal((LedgerStatus.Granted, lease), (reply.Status, reply.Lease));
        }
    }

    [Fact]
    public async Task Exchange_ReplyOfTheFirstLostUntilTheLeaseWasOver_WhatWasToldWithItIsBookedOnce()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        holder.Spend(700);
        await rig.Ledger.SendAsync(holder.Request(need: 100));
        await ExpireAsync(rig);
        holder.Spend(50);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal((LedgerStatus.Granted, 750), (reply.Status, reply.Balance.Settled));
        Assert.Equal(reply.Balance.Outstanding, holder.Headroom);
        holder.Spend(30);
        Assert.Equal(780, (await holder.ReportAsync(need: 100)).Balance.Settled);
    }

    [Fact]
    public async Task Exchange_ReplyOfTheFirstLostUntilTheLeaseWasOverAndNothingSpent_NothingIsForfeited()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        await rig.Ledger.SendAsync(holder.Request(need: 100));
        await ExpireAsync(rig);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal((LedgerStatus.Granted, Usual, 1), (reply.Status, holder.Headroom, reply.Balance.Holders));
        IsCharged(reply.Balance, settled: 0, outstanding: Usual);
    }

    [Fact]
    public async Task Read_AfterALeaseExpired_CountsNoHolder()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(Limit);
        await Holder(rig, account).ReportAsync(need: 100);
        await ExpireAsync(rig);
        LedgerBalance? balance = await rig.Ledger.ReadAsync(account);
        IsCharged(balance, settled: 0, outstanding: 0, forfeited: rig.ForfeitFor > TimeSpan.Zero ? Usual : 0);
        Assert.Equal(0, balance?.Holders);
    }

    [Fact]
    public async Task Exchange_RollingWindow_ForgetsWhatIsOlderThanItsLength()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Rolling(Limit, 60 * rig.Second));
        LedgerReply first = await holder.ReportAsync(need: 100);
        Assert.Equal(TimeSpan.MaxValue, first.PeriodLastsFor);
        holder.Spend(600);
        await holder.ReportAsync(need: 100);
        for (int i = 0; i < 2; i++) await Pass(25);
        holder.Spend(300);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        IsCharged(reply.Balance, settled: 900, outstanding: Usual);
        Assert.Equal((first.Period, first.Lease), (reply.Period, reply.Lease));

        // At most a part of sixty late.
        await Pass(15);
        reply = await holder.ReportAsync(need: 100);
        IsCharged(reply.Balance, settled: 300, outstanding: Usual);
        Assert.Equal(Usual + 900, reply.Granted);
        for (int i = 0; i < 3; i++) await Pass(25);
        IsCharged(await rig.Ledger.ReadAsync(holder.Account), settled: 0, outstanding: Usual);

        async Task Pass(int seconds)
        {
            await rig.AdvanceAsync(seconds * rig.Second);
            await holder.ReportAsync();
        }
    }

    [Fact]
    public async Task Exchange_RollingWindowExhausted_GrantsAgainWhatLeavesTheWindow()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Rolling(1_000, 60 * rig.Second));
        await holder.ReportAsync(need: 1_000);
        holder.Spend(1_100);
        LedgerReply dry = await holder.ReportAsync(need: 1);
        Assert.Equal(LedgerStatus.Exhausted, dry.Status);
        IsCharged(dry.Balance, settled: 1_100, outstanding: 0, overrun: 100);
        for (int i = 0; i < 3; i++)
        {
            await rig.AdvanceAsync(22 * rig.Second);
            await holder.ReportAsync();
        }

        LedgerReply reply = await holder.ReportAsync(need: 800);
        Assert.Equal((LedgerStatus.Granted, 800), (reply.Status, holder.Headroom));
        IsCharged(reply.Balance, settled: 0, outstanding: 800);
    }
}
