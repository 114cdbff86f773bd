namespace GreenAI.Metering.Checks;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task Exchange_LessLeftThanNeeded_GrantsTheRestAndSaysSo()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(1_000);
        await Holder(rig, account).ReportAsync(need: 900);
        TestHolder b = Holder(rig, account, "b");
        LedgerReply reply = await b.ReportAsync(need: 200);
        Assert.Equal((LedgerStatus.Exhausted, 100), (reply.Status, reply.Granted));
        IsCharged(reply.Balance, settled: 0, outstanding: 1_000);
        Assert.Equal(0, reply.Balance.Remaining);
        b.Spend(100);
        Assert.Equal(LedgerStatus.Exhausted, (await b.ReportAsync(need: 1)).Status);
    }

    [Fact]
    public async Task Exchange_NoLimitAtAll_OnlyCounts()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(long.MaxValue));
        Assert.Equal((LedgerStatus.Granted, 0), await Told(need: 1_000));
        holder.Spend(5_000_000);
        Assert.Equal((LedgerStatus.Granted, 0), await Told(need: 1_000));
        IsCharged(await rig.Ledger.ReadAsync(holder.Account), settled: 5_000_000, outstanding: 0);

        async Task<(LedgerStatus, long)> Told(long need)
        {
            LedgerReply reply = await holder.ReportAsync(need);
            return (reply.Status, reply.Granted);
        }
    }

    [Fact]
    public async Task Exchange_LimitOfZero_GrantsNothingAndCounts()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(0));
        LedgerReply reply = await holder.ReportAsync(need: 1);
        Assert.Equal((LedgerStatus.Exhausted, 0), (reply.Status, reply.Granted));
        holder.Spend(7);
        IsCharged((await holder.ReportAsync()).Balance, settled: 7, outstanding: 0, overrun: 7);
    }

    [Fact]
    public async Task Exchange_SpentBeyondTheGrant_IsBookedAndToldAsOverrun()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(1_000));
        await holder.ReportAsync(need: 1_000);
        holder.Spend(1_250);
        LedgerReply reply = await holder.ReportAsync(need: 1);
        Assert.Equal(LedgerStatus.Exhausted, reply.Status);
        IsCharged(reply.Balance, settled: 1_250, outstanding: 0, overrun: 250);
        holder.Spend(50);
        IsCharged((await holder.ReportAsync()).Balance, settled: 1_300, outstanding: 0, overrun: 300);
    }

    [Fact]
    public async Task Exchange_GrantedAfterAnOverrun_TheHeadroomIsWhole()
    {
        await using ILedgerRig rig = await CreateAsync();
        TestHolder holder = Holder(rig, LedgerAccounts.Lifetime(Limit));
        await holder.ReportAsync(need: 100);
        holder.Spend(Usual + 500);
        LedgerReply reply = await holder.ReportAsync(need: 100);
        Assert.Equal((Usual, (2 * Usual) + 500), (holder.Headroom, reply.Granted));
        IsCharged(reply.Balance, settled: Usual + 500, outstanding: Usual, overrun: 500);
        holder.Spend(Usual + 1);
        IsCharged((await holder.ReportAsync()).Balance, settled: (2 * Usual) + 501, outstanding: 0, overrun: 501);
    }

    [Fact]
    public async Task Exchange_LimitLoweredBelowWhatIsCharged_GrantsNothingUntilRaised()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(1_000);
        TestHolder holder = Holder(rig, account), other = Holder(rig, account.With(100), "b");
        await holder.ReportAsync(need: 600);
        holder.Spend(400);
        await holder.ReportAsync();
        LedgerReply lowered = Assert.Single(await rig.Ledger.ExchangeAsync([other.Request(need: 1)], TestContext.Current.CancellationToken));
        Assert.Equal((LedgerStatus.Exhausted, 0, 100), (lowered.Status, lowered.Granted, lowered.Balance.Limit));
        other.Account = account.With(2_000);
        LedgerReply raised = await other.ReportAsync(need: 1_400);
        Assert.Equal((LedgerStatus.Granted, 1_400, 2_000), (raised.Status, raised.Granted, raised.Balance.Limit));
    }

    [Fact]
    public async Task Exchange_TwoHoldersTakeTurns_AllOfItIsUsedAndNoMore()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(10_000);
        TestHolder[] holders = [Holder(rig, account), Holder(rig, account, "b")];
        long spent = 0;
        for (int turn = 0, dry = 0; dry < 2; turn++)
        {
            TestHolder holder = holders[turn % 2];
            LedgerReply reply = await holder.ReportAsync(need: 7);
            dry = holder.Headroom == 0 ? dry + 1 : 0;
            spent += holder.Headroom;
            holder.Spend(holder.Headroom);
            Assert.True(turn < 2_000, reply.Balance.Text());
        }

        Assert.Equal(10_000, spent);
        IsCharged(await rig.Ledger.ReadAsync(account), settled: 10_000, outstanding: 0);
    }

    [Fact]
    public async Task Exchange_ManyAtOnce_NothingIsLostAndNothingGrantedTwice()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(Limit);
        long[] spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            TestHolder holder = Holder(rig, account, FormattableString.Invariant($"h{number}"));
            long sum = 0;
            for (int i = 0; i < 40; i++)
            {
                await holder.ReportAsync(need: 50);
                long amount = holder.Headroom / 2;
                holder.Spend(amount);
                sum += amount;
            }

            await holder.ReportAsync(isFinal: true);
            return sum;
        })));
        IsCharged(await rig.Ledger.ReadAsync(account), settled: spent.Sum(), outstanding: 0);
    }

    [Fact]
    public async Task Exchange_ImpossibleRequest_IsRefusedWithItsPlaceAndNothingOfTheBatchIsBooked()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(Limit);
        TestHolder holder = Holder(rig, account), wrong = Holder(rig, account, new string('h', 65));
        ArgumentException found = await Assert.ThrowsAsync<ArgumentException>(
            async () => await rig.Ledger.ExchangeAsync([holder.Request(need: 1), wrong.Request()], TestContext.Current.CancellationToken));
        Assert.Contains("Request 1: Holder has 65 characters; it must have 1 to 64.", found.Message, StringComparison.Ordinal);
        Assert.Null(await rig.Ledger.ReadAsync(account));
    }

    [Theory]
    [InlineData(-1, 0, "Request 0: KnownSettled is -1; it must not be negative.")]
    [InlineData(0, long.MinValue, "Request 0: KnownCharged is -9223372036854775808; it must not be negative.")]
    public async Task Exchange_ImpossibleKnownAmount_IsRefused(long settled, long charged, string expected)
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerRequest request = new()
        {
            Account = LedgerAccounts.Lifetime(Limit),
            Holder = "a",
            KnownSettled = settled,
            KnownCharged = charged,
            TimeToLive = TimeToLive(rig),
        };
        ArgumentException found = await Assert.ThrowsAsync<ArgumentException>(
            async () => await rig.Ledger.ExchangeAsync([request], TestContext.Current.CancellationToken));
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_LargestKnownAmount_IsTaken()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerRequest request = new()
        {
            Account = LedgerAccounts.Lifetime(Limit),
            Holder = "a",
            KnownSettled = long.MaxValue,
            KnownCharged = long.MaxValue,
            TimeToLive = TimeToLive(rig),
        };
        IsCharged((await rig.Ledger.SendAsync(request)).Balance, settled: 0, outstanding: 0);
    }

    [Fact]
    public async Task Read_NeverUsed_IsNull_Used_IsWhatTheReplySaid()
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount account = LedgerAccounts.Lifetime(Limit, "ключ'\";{}\u0000%");
        Assert.Null(await rig.Ledger.ReadAsync(account));
        TestHolder holder = Holder(rig, account);
        await holder.ReportAsync(need: 10);
        holder.Spend(3);
        LedgerReply reply = await holder.ReportAsync();
        LedgerBalance? read = await rig.Ledger.ReadAsync(account);
        Assert.Equal(reply.Balance.Text(), read?.Text());
        Assert.Equal((reply.Period, DateTimeOffset.MaxValue), (read?.Period, read?.End));
    }
}
