namespace GreenAI.Metering.Checks;

public abstract partial class LedgerConformance
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Exchange_PeriodOver_TheReportIsBookedIntoItsPeriodAndTheNewOneBeginsAtZero()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(Limit);
        TestHolder holder = Lasting(rig, account);
        LedgerReply first = await holder.ReportAsync(need: 100);
        Assert.InRange(first.PeriodLastsFor, TimeSpan.FromTicks(1), _minute);
        Assert.Equal(_minute, first.Balance.End - first.Balance.Start);
        Assert.InRange(rig.Now, first.Balance.Start, first.Balance.End - TimeSpan.FromTicks(1));
        holder.Spend(1_000);
        await holder.ReportAsync();
        holder.Spend(500);
        await rig.AdvanceAsync(_minute);

        LedgerRequest late = holder.Request(need: 100);
        LedgerReply next = await Lasting(rig, account).ReportAsync(need: 100), closed = await rig.Ledger.SendAsync(late);
        Assert.Equal((LedgerStatus.Closed, first.Period, first.Lease), (closed.Status, closed.Period, closed.Lease));
        Assert.Equal((first.Period, TimeSpan.Zero), (closed.Balance.Period, closed.PeriodLastsFor));
        IsCharged(closed.Balance, settled: 1_500, outstanding: Usual - 1_500);
        Assert.NotEqual(first.Period, next.Period);
        Assert.Equal(first.Balance.End, next.Balance.Start);
        IsCharged(next.Balance, settled: 0, outstanding: Usual);
        IsCharged((await rig.Ledger.SendAsync(late)).Balance, settled: 1_500, outstanding: Usual - 1_500);
        Assert.Equal(next.Balance.Text(), (await rig.Ledger.ReadAsync(account))?.Text());
    }

    [Fact]
    public async Task Exchange_TwoPeriodsLate_IsStillBooked()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(Limit);
        TestHolder holder = Lasting(rig, account);
        await holder.ReportAsync(need: 100);
        holder.Spend(250);
        for (int i = 0; i < 2; i++)
        {
            await rig.AdvanceAsync(_minute);
            await Lasting(rig, account, "b").ReportAsync(need: 100);
        }

        IsCharged((await holder.ReportAsync(isFinal: true)).Balance, settled: 250, outstanding: 0);
    }

    [Fact]
    public async Task Exchange_PeriodEndsWhileInferencesRun_SpendWithinWhatWasReservedIsNoOverrun()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Minutely(100_000));
        await NearTheEndAsync(rig, holder.Account);
        await holder.ReportAsync(need: 1_000);
        await rig.AdvanceAsync(5 * rig.Second);

        // 400 are spent, 300 reserved by inferences that run still, 300 given back.
        holder.Spend(400);
        holder.GiveBack(300);
        LedgerRequest running = holder.Request();
        holder.Spend(290);
        LedgerRequest final = holder.Request(isFinal: true);
        for (int i = 0; i < 3; i++)
        {
            LedgerReply closed = await rig.Ledger.SendAsync(running);
            Assert.Equal(LedgerStatus.Closed, closed.Status);
            IsCharged(closed.Balance, settled: 400, outstanding: 300);
            Assert.Equal(1, closed.Balance.Holders);
            await rig.AdvanceAsync(20 * rig.Second);
        }

        // Said out of order: the older report is no news.
        foreach (LedgerRequest request in (LedgerRequest[])[final, running])
        {
            LedgerReply settled = await rig.Ledger.SendAsync(request);
            IsCharged(settled.Balance, settled: 690, outstanding: 0);
            Assert.Equal(0, settled.Balance.Holders);
        }
    }

    [Fact]
    public async Task Exchange_PeriodEndedAndHolderSilent_ItsRestIsReleasedOrForfeited()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Minutely(100_000)), other = Lasting(rig, holder.Account, "b");
        await NearTheEndAsync(rig, holder.Account);
        await holder.ReportAsync(need: 1_000);
        await other.ReportAsync();
        await rig.AdvanceAsync(31 * rig.Second);
        LedgerRequest late = other.Request();
        LedgerReply closed = await rig.Ledger.SendAsync(late);
        Assert.Equal(LedgerStatus.Closed, closed.Status);
        IsCharged(closed.Balance, settled: 0, outstanding: 0, forfeited: rig.ForfeitFor > TimeSpan.Zero ? 1_000 : 0);
        await rig.AdvanceAsync(rig.ForfeitFor);
        IsCharged((await rig.Ledger.SendAsync(late)).Balance, settled: 0, outstanding: 0);
    }

    [Fact]
    public async Task Read_NothingAskedInThisPeriod_IsNull()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(Limit);
        await Lasting(rig, account).ReportAsync(need: 100);
        await rig.AdvanceAsync(_minute);
        Assert.Null(await rig.Ledger.ReadAsync(account));
    }

    // Of a limit of 1,000: what is spent, the share that may be carried over, and what is.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(700, 0.5, 300)]
    [InlineData(700, 0.1, 100)]
    [InlineData(700, 1, 300)]
    [InlineData(1_300, 1, 0)]
    public async Task Exchange_NewPeriod_CarriesOverWhatIsLeftUpToTheShare(long spent, double share, long carried)
    {
        await using ILedgerRig rig = await CreateExactAsync();
        TestHolder holder = Lasting(rig, LedgerAccounts.Minutely(1_000, share));
        await holder.ReportAsync(need: 1_000);
        holder.Spend(spent);
        LedgerReply first = await holder.ReportAsync(isFinal: true);
        Assert.Equal((1_000, 0), (first.Balance.Limit, first.Balance.CarriedOver));
        await rig.AdvanceAsync(_minute);
        for (int i = 0; i < 2; i++)
        {
            LedgerReply next = await holder.ReportAsync(need: 1_000 + carried);
            Assert.Equal((LedgerStatus.Granted, 1_000 + carried, carried), (next.Status, next.Balance.Limit, next.Balance.CarriedOver));
        }
    }

    [Fact]
    public async Task Exchange_NewPeriod_WhatIsStillOutOnLeasesIsCarriedOverWhenItIsGivenBack()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(1_000, carryOver: 1);
        TestHolder holder = Lasting(rig, account);
        await holder.ReportAsync(need: 600);
        await rig.AdvanceAsync(_minute);
        LedgerReply next = await Lasting(rig, account, "b").ReportAsync();
        Assert.Equal(400, next.Balance.CarriedOver);
        holder.Spend(100);
        await holder.ReportAsync(isFinal: true);
        Assert.Equal(900, (await rig.Ledger.ReadAsync(account))?.CarriedOver);
        next = await Lasting(rig, account, "b").ReportAsync(need: 1_900);
        Assert.Equal((LedgerStatus.Granted, 1_900, 900), (next.Status, next.Balance.Limit, next.Balance.CarriedOver));

        // Nothing is out any more: what is told late takes nothing away, and another limit adds nothing.
        next = await Lasting(rig, account.With(3_000), "b").ReportAsync();
        Assert.Equal((3_900, 900), (next.Balance.Limit, next.Balance.CarriedOver));
    }

    [Fact]
    public async Task Exchange_NewPeriod_AllHoldersHadLeasesAndSpentNothing_AllIsCarriedOver()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(100_000, carryOver: 1);
        TestHolder[] holders = [.. Enumerable.Range(0, 8).Select(number => Lasting(rig, account, FormattableString.Invariant($"h{number}")))];
        foreach (TestHolder holder in holders) await holder.ReportAsync(need: 1);
        await rig.AdvanceAsync(_minute);
        LedgerReply? last = null;
        foreach (TestHolder holder in holders)
        {
            await holder.ReportAsync(isFinal: true);
            last = await holder.ReportAsync(need: 1);
        }

        Assert.Equal((100_000, 200_000), (last!.Balance.CarriedOver, last.Balance.Limit));
    }

    [Fact]
    public async Task Exchange_NewPeriod_WhatSilentHoldersHadIsCarriedOverWhenItIsReleased()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Hourly(1_000, carryOver: 1);
        await NearTheEndAsync(rig, account);
        await Holder(rig, account).ReportAsync(need: 600);
        await rig.AdvanceAsync(5 * rig.Second);
        TestHolder other = Lasting(rig, account, "b");
        Assert.Equal(400, (await other.ReportAsync()).Balance.CarriedOver);
        await rig.AdvanceAsync((30 * rig.Second) + rig.ForfeitFor);
        Assert.Equal(1_000, (await other.ReportAsync()).Balance.CarriedOver);
    }

    [Fact]
    public async Task Exchange_AfterAPeriodThatNobodyUsed_AllThatMayBeIsCarriedOver()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        TestHolder holder = Lasting(rig, LedgerAccounts.Minutely(1_000, carryOver: 0.25));
        await holder.ReportAsync(need: 1_000);
        holder.Spend(1_000);
        await holder.ReportAsync(isFinal: true);
        await rig.AdvanceAsync(3 * _minute);
        Assert.Equal((250, 1_250), Told((await holder.ReportAsync()).Balance));

        static (long, long) Told(LedgerBalance balance) => (balance.CarriedOver, balance.Limit);
    }

    [Fact]
    public async Task Exchange_AfterAnotherKindOfWindow_NothingIsCarriedOver()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount[] before =
        [
            LedgerAccounts.Lifetime(1_000, "a"), LedgerAccounts.Rolling(1_000, 60 * rig.Second, "b"), LedgerAccounts.Hourly(1_000, carryOver: 1, key: "c"),
        ];
        foreach (LedgerAccount account in before) await Lasting(rig, account).ReportAsync(isFinal: true);
        await rig.AdvanceAsync(90 * _minute);
        foreach (LedgerAccount account in before)
        {
            LedgerReply reply = await Lasting(rig, LedgerAccounts.Minutely(1_000, carryOver: 1, key: account.Key)).ReportAsync(need: 1);
            Assert.Equal((0, 1_000), (reply.Balance.CarriedOver, reply.Balance.Limit));
        }
    }

    [Fact]
    public async Task Exchange_LimitChanged_WhatWasCarriedOverStays()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(1_000, carryOver: 0.5);
        TestHolder holder = Lasting(rig, account);
        await holder.ReportAsync(isFinal: true);
        await rig.AdvanceAsync(_minute);
        Assert.Equal(1_500, (await holder.ReportAsync()).Balance.Limit);
        holder.Account = account.With(3_000);
        Assert.Equal(3_500, (await holder.ReportAsync()).Balance.Limit);
        Assert.Equal(3_500, (await rig.Ledger.ReadAsync(holder.Account))?.Limit);
    }

    [Fact]
    public async Task Exchange_WindowChanged_IsAnotherPeriodAndTheOldOneIsStillBooked()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Lasting(rig, LedgerAccounts.Rolling(Limit, 1_000 * rig.Second));
        LedgerReply before = await holder.ReportAsync(need: 100);
        holder.Spend(300);
        holder.Account = LedgerAccounts.Rolling(Limit, 500 * rig.Second);
        LedgerReply closed = await holder.ReportAsync(need: 100), after = await holder.ReportAsync(need: 100);
        Assert.Equal((LedgerStatus.Closed, before.Period), (closed.Status, closed.Period));
        IsCharged(closed.Balance, settled: 300, outstanding: Usual - 300);
        Assert.NotEqual(before.Period, after.Period);
        IsCharged(after.Balance, settled: 0, outstanding: Usual);
    }

    [Fact]
    public async Task Exchange_PeriodOfWhichNothingIsKnown_IsClosedAndBooksNothingElsewhere()
    {
        await using ILedgerRig rig = await CreateExactAsync();
        LedgerAccount account = LedgerAccounts.Minutely(Limit);
        TestHolder holder = Lasting(rig, account);
        await holder.ReportAsync(need: 100);
        holder.Spend(250);
        for (int i = 0; i < 30; i++)
        {
            await rig.AdvanceAsync(_minute);
            await Lasting(rig, account, "b").ReportAsync(need: 100);
        }

        Assert.Equal(LedgerStatus.Closed, (await holder.ReportAsync()).Status);
        IsCharged(await rig.Ledger.ReadAsync(account), settled: 0, outstanding: Usual);
    }

    // Leases that outlast a few periods, so that these tests are of periods only.
    private static TestHolder Lasting(ILedgerRig rig, LedgerAccount account, string name = "a") => new(rig.Ledger, name, TimeSpan.FromHours(1)) { Account = account };

    // Five seconds before the period ends.
    private static async Task NearTheEndAsync(ILedgerRig rig, LedgerAccount account)
    {
        LedgerReply reply = await Holder(rig, account, "asks").ReportAsync(isFinal: true);
        await rig.AdvanceAsync(reply.PeriodLastsFor - (5 * rig.Second));
    }

    private async Task<ILedgerRig> CreateExactAsync()
    {
        ILedgerRig rig = await CreateAsync();
        if (rig.IsExact) return rig;
        await rig.DisposeAsync();
        Assert.Skip("The clock of this ledger cannot be moved to the end of a period.");
        return rig;
    }
}
