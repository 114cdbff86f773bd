namespace GreenAI.Metering.Checks;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task Exchange_First_GrantsAHundredthOfTheLimit()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerReply reply = await Holder(rig, LedgerAccounts.Lifetime(Limit)).ReportAsync(need: 100);
        Assert.Equal(LedgerStatus.Granted, reply.Status);
        Assert.Equal((Usual, Usual), (reply.Granted, reply.Target));
        Assert.True(reply.Lease > 0);
        Assert.Equal(TimeSpan.MaxValue, reply.PeriodLastsFor);
        Assert.InRange(reply.LastsFor, TimeSpan.FromTicks(1), TimeToLive(rig));
        Assert.Equal(reply.Period, reply.Balance.Period);
        Assert.Equal((Limit, 0, 1), (reply.Balance.Limit, reply.Balance.CarriedOver, reply.Balance.Holders));
        IsCharged(reply.Balance, settled: 0, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_NeedAboveTheUsual_GrantsWhatIsNeeded()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerReply reply = await Holder(rig, LedgerAccounts.Lifetime(Limit)).ReportAsync(need: 5 * Usual);
        Assert.Equal((LedgerStatus.Granted, 5 * Usual), (reply.Status, reply.Granted));
    }

    [Fact]
    public async Task Exchange_NothingNeeded_GrantsNothingAndTellsTheTarget()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerReply reply = await Holder(rig, LedgerAccounts.Lifetime(Limit)).ReportAsync();
        Assert.Equal((LedgerStatus.Granted, 0, Usual), (reply.Status, reply.Granted, reply.Target));
        IsCharged(reply.Balance, settled: 0, outstanding: 0);
        Assert.Equal(1, reply.Balance.Holders);
    }

    [Fact]
    public async Task Exchange_Report_BooksAndTopsUp()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        await holder.ReportAsync(need: 100);
        holder.Spend(4_000);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal(Usual + 4_000, reply.Granted);
        IsCharged(reply.Balance, settled: 4_000, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_Repeated_ChangesNothing()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        await holder.ReportAsync(need: 100);
        holder.Spend(4_000);
        LedgerRequest request = holder.Request(need: 100);
        LedgerReply first = await rig.Ledger.SendAsync(request), second = await rig.Ledger.SendAsync(request);
        Assert.Equal((first.Status, first.Lease, first.Granted, first.Target), (second.Status, second.Lease, second.Granted, second.Target));
        IsCharged(second.Balance, settled: 4_000, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_OlderReportAfterANewerOne_ChangesNothing()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        await holder.ReportAsync(need: 100);
        holder.Spend(1_000);
        LedgerRequest older = holder.Request();
        holder.Spend(2_000);
        holder.GiveBack(500);
        await holder.ReportAsync();
        LedgerReply reply = await rig.Ledger.SendAsync(older);
        IsCharged(reply.Balance, settled: 3_000, outstanding: Usual - 3_500);
    }

    [Fact]
    public async Task Exchange_ReplyOfTheFirstLost_TheSameLeaseAgain()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        LedgerReply lost = await rig.Ledger.SendAsync(holder.Request(need: 100));
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal((lost.Lease, lost.Granted), (reply.Lease, reply.Granted));
        IsCharged(reply.Balance, settled: 0, outstanding: Usual);
        Assert.Equal(1, reply.Balance.Holders);
    }

    [Fact]
    public async Task Exchange_SpentBeforeTheFirstLease_IsBookedOnce()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        holder.Spend(700);
        await rig.Ledger.SendAsync(holder.Request(need: 100));
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal(700 + Usual, reply.Granted);
        IsCharged(reply.Balance, settled: 700, outstanding: Usual, overrun: 700);
    }

    [Fact]
    public async Task Exchange_SpentWithoutALeaseAndDone_RepeatedIsBookedOnce()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        holder.Spend(700);
        LedgerRequest final = holder.Request(isFinal: true);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply reply = await rig.Ledger.SendAsync(final);
            Assert.Equal(LedgerStatus.Closed, reply.Status);
            IsCharged(reply.Balance, settled: 700, outstanding: 0, overrun: 700);
        }

        // Another lease of the same holder counts anew.
        await holder.ReportAsync(isFinal: true);
        LedgerReply next = await holder.ReportAsync(need: 100);
        IsCharged(next.Balance, settled: 700, outstanding: Usual, overrun: 700);
        holder.Spend(100);
        IsCharged((await holder.ReportAsync(isFinal: true)).Balance, settled: 800, outstanding: 0, overrun: 700);
    }

    [Fact]
    public async Task Exchange_Returned_CanBeGrantedToOthers()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(1_000);
        TestHolder a = Holder(rig, account), b = Holder(rig, account, "b");
        await a.ReportAsync(need: 900);
        a.GiveBack(500);
        IsCharged((await a.ReportAsync()).Balance, settled: 0, outstanding: 400);
        LedgerReply reply = await b.ReportAsync(need: 600);
        Assert.Equal((LedgerStatus.Granted, 600), (reply.Status, reply.Granted));
        IsCharged(reply.Balance, settled: 0, outstanding: 1_000);
    }

    [Fact]
    public async Task Exchange_Final_GivesTheRestBackOnce()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        long lease = (await holder.ReportAsync(need: 100)).Lease;
        holder.Spend(1_000);
        LedgerRequest final = holder.Request(need: 100, isFinal: true);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply reply = await rig.Ledger.SendAsync(final);
            Assert.Equal((LedgerStatus.Closed, lease), (reply.Status, reply.Lease));
            IsCharged(reply.Balance, settled: 1_000, outstanding: 0);
            Assert.Equal(0, reply.Balance.Holders);
        }
    }

    [Fact]
    public async Task Exchange_AfterTheFinal_AnotherLease()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        long first = (await holder.ReportAsync(need: 100)).Lease;
        holder.Spend(1_000);
        await holder.ReportAsync(isFinal: true);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.NotEqual(first, reply.Lease);
        Assert.Equal(Usual, reply.Granted);
        IsCharged(reply.Balance, settled: 1_000, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_TheFinalAndTheNextLeaseInOneBatch_InOrder()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(1_000), other = LedgerAccounts.Lifetime(500, "other");
        TestHolder holder = Holder(rig, account), elsewhere = Holder(rig, other);
        await holder.ReportAsync(need: 1_000);
        holder.Spend(300);
        LedgerRequest last = holder.Request(isFinal: true);
        TestHolder next = Holder(rig, account);
        IReadOnlyList<LedgerReply> replies =
            await rig.Ledger.ExchangeAsync([last, elsewhere.Request(need: 400), next.Request(need: 700)], TestContext.Current.CancellationToken);
        Assert.Equal([LedgerStatus.Closed, LedgerStatus.Granted, LedgerStatus.Granted], replies.Select(reply => reply.Status));
        Assert.Equal([1_000L, 400, 700], replies.Select(reply => reply.Granted));
        IsCharged(replies[2].Balance, settled: 300, outstanding: 700);
    }

    [Fact]
    public async Task Exchange_NoRequests_NoReplies()
    {
        await using ILedgerRig rig = await CreateAsync();
        Assert.Empty(await rig.Ledger.ExchangeAsync([], TestContext.Current.CancellationToken));
    }
}
