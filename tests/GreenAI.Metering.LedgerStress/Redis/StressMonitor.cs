namespace GreenAI.Metering.LedgerStress;

/// <summary>Reads the account all the time and holds the promise against it: <c>settled + outstanding + forfeited ≤ limit</c>, and no overrun.</summary>
internal sealed class StressMonitor : IAsyncDisposable
{
    private readonly RedisBudgetLedger _ledger;
    private readonly LedgerAccount _account;
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _watching;

    public StressMonitor(StressTerms terms)
    {
        _ledger = terms.ToLedger();
        _account = terms.ToAccount();
        _watching = WatchAsync();
    }

    public long Reads { get; private set; }

    public long Outages { get; private set; }

    public long MostForfeited { get; private set; }

    /// <summary>The last state.</summary>
    public LedgerBalance? Last { get; private set; }

    /// <summary>The first state that broke the promise.</summary>
    public string? Broken { get; private set; }

    public static string Text(LedgerBalance? balance) => balance is null
        ? "nothing"
        : FormattableString.Invariant(
            $"settled {balance.Settled}, outstanding {balance.Outstanding}, forfeited {balance.Forfeited}, overrun {balance.Overrun}, holders {balance.Holders}");

    /// <summary>Waits until the last state is as wanted.</summary>
    /// <returns>Whether it was in time.</returns>
    public async Task<bool> UntilAsync(Func<LedgerBalance, bool> wanted, TimeSpan longest)
    {
        for (long ends = Environment.TickCount64 + (long)longest.TotalMilliseconds; Environment.TickCount64 < ends;)
        {
            if (Last is { } last && wanted(last)) return true;
            await Task.Delay(20);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _watching;
        await _ledger.DisposeAsync();
        _ends.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_ends.IsCancellationRequested)
        {
            try
            {
                if (await _ledger.ReadAsync(_account, CancellationToken.None) is { } balance) Look(balance);
            }
            catch (LedgerUnavailableException)
            {
                Outages++;
                await Task.Delay(20);
            }

            await Task.Delay(1);
        }
    }

    private void Look(LedgerBalance balance)
    {
        Reads++;
        Last = balance;
        MostForfeited = Math.Max(MostForfeited, balance.Forfeited);
        if (balance.Charged > StressTerms.Limit || balance.Overrun != 0) Broken ??= Text(balance);
    }
}
