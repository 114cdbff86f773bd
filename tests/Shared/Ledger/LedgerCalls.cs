using System.Globalization;

namespace GreenAI.Metering.Checks;

/// <summary>Shorter calls, and what holds of every reply.</summary>
internal static class LedgerCalls
{
    public static async Task<LedgerReply> SendAsync(this IBudgetLedger ledger, LedgerRequest request)
    {
        LedgerReply reply = Assert.Single(await ledger.ExchangeAsync([request], TestContext.Current.CancellationToken));
        Holds(reply);
        return reply;
    }

    public static ValueTask<LedgerBalance?> ReadAsync(this IBudgetLedger ledger, LedgerAccount account) =>
        ledger.ReadAsync(account, TestContext.Current.CancellationToken);

    /// <summary>The promise: <c>settled + outstanding + forfeited ≤ limit + overrun</c>. A limit that was lowered promises nothing of what was granted before.</summary>
    public static void Holds(LedgerReply reply, long loweredFrom = 0)
    {
        LedgerBalance balance = reply.Balance;
        Int128 charged = (Int128)balance.Settled + balance.Outstanding + balance.Forfeited;
        Assert.True(charged <= (Int128)Math.Max(balance.Limit, loweredFrom) + balance.Overrun, balance.Text());
        Assert.True(balance is { Settled: >= 0, Outstanding: >= 0, Forfeited: >= 0, Overrun: >= 0, Holders: >= 0 }, balance.Text());
        Assert.True(balance.Overrun <= balance.Settled, balance.Text());
    }

    public static string Text(this LedgerBalance balance) => string.Create(
        CultureInfo.InvariantCulture,
        $"limit {balance.Limit} (carried {balance.CarriedOver}), settled {balance.Settled}, outstanding {balance.Outstanding}, forfeited {balance.Forfeited}, overrun {balance.Overrun}, holders {balance.Holders}");
}
