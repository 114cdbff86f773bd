using GreenAI.Metering.Checks;

namespace GreenAI.Metering.Tests;

public sealed class AccountBookTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero);
    private static readonly LedgerAccount _account = LedgerAccounts.Minutely(1_000, carryOver: 1);

    [Fact]
    public void Prune_PeriodsOfAnIdleAccount_AllButTheLastGoAfterTwiceTheirLength()
    {
        AccountBook book = new();
        for (int minute = 0; minute < 3; minute++) Ask(book, _now + TimeSpan.FromMinutes(minute));
        book.Prune(_now + TimeSpan.FromMinutes(2));
        Assert.Equal(3, book.Periods.Count);
        book.Prune(_now + TimeSpan.FromMinutes(10));
        PeriodBook left = Assert.Single(book.Periods);
        Assert.Equal("2026-11-03T10:23Z", left.Id);

        // It stays for what it leaves to the next one.
        Assert.Equal(1_000, Ask(book, _now + TimeSpan.FromMinutes(20)).Balance.CarriedOver);
    }

    [Fact]
    public void Exchange_ClockSetBack_GoesOnWithThePeriodBefore()
    {
        AccountBook book = new();
        Ask(book, _now);
        Ask(book, _now + TimeSpan.FromMinutes(1));
        Assert.Equal(("2026-11-03T10:21Z", 1), Told(Ask(book, _now)));
        Assert.Equal(2, book.Periods.Count);

        static (string, int) Told(LedgerReply reply) => (reply.Period, reply.Balance.Holders);
    }

    [Fact]
    public void Exchange_ALeaseThatIsNotKnown_IsTakenAsItsHolderTellsIt()
    {
        AccountBook book = new();
        LedgerReply reply = book.Exchange(Report(period: "2026-11-03T10:21Z", lease: 7, granted: 100, spent: 40), _now);
        Assert.Equal((LedgerStatus.Granted, 7, 40, 60), (reply.Status, reply.Lease, reply.Balance.Settled, reply.Balance.Outstanding));
        Assert.Equal(8, Ask(book, _now, "b").Lease);
    }

    [Fact]
    public void Exchange_ALeaseThatWasForgotten_IsNotBookedAgain()
    {
        AccountBook book = new();
        LedgerReply first = Ask(book, _now);
        LedgerRequest late = Report(first.Period, first.Lease, first.Granted, spent: 3, isFinal: true);
        book.Exchange(late, _now);
        for (int i = 0; i < PeriodBook.KeptNumbers; i++)
        {
            LedgerReply next = Ask(book, _now);
            book.Exchange(Report(next.Period, next.Lease, next.Granted, spent: 0, isFinal: true), _now);
        }

        LedgerReply reply = book.Exchange(late, _now);
        Assert.Equal((LedgerStatus.Closed, 3), (reply.Status, reply.Balance.Settled));
        Assert.Equal(PeriodBook.KeptNumbers, book.Periods[0].Leases.Count);
    }

    [Fact]
    public void Exchange_SumsBeyondTheLargestNumber_StopThere()
    {
        AccountBook book = new();
        LedgerReply reply = Ask(book, _now);
        foreach (long lease in (long[])[1, 2, 3, 4, 5])
        {
            reply = book.Exchange(Report(reply.Period, lease, granted: 0, spent: LedgerRules.MaxAmount), _now);
        }

        Assert.Equal((long.MaxValue, long.MaxValue, 0), (reply.Balance.Settled, reply.Balance.Charged, reply.Balance.Remaining));
    }

    private static LedgerReply Ask(AccountBook book, DateTimeOffset now, string holder = "a") =>
        book.Exchange(new() { Account = _account, Holder = holder, Need = 1, TimeToLive = TimeSpan.FromHours(1) }, now);

    private static LedgerRequest Report(string period, long lease, long granted, long spent, bool isFinal = false) => new()
    {
        Account = _account,
        Holder = "a",
        Period = period,
        Lease = lease,
        Granted = granted,
        Spent = spent,
        TimeToLive = TimeSpan.FromHours(1),
        IsFinal = isFinal,
    };
}
