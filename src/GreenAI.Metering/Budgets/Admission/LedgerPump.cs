using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Tells the ledger what was spent and asks for more, each second or when a lease runs low, on a task of its own.</summary>
internal sealed class LedgerPump : IAsyncDisposable
{
    // A message of a thousand leases is some 200 kB: a transaction or a pipeline of a few milliseconds.
    private const int LargestExchange = 1000;

    private static readonly TimeSpan _longestExchange = TimeSpan.FromSeconds(5);

    private readonly IBudgetLedger _ledger;
    private readonly Func<IReadOnlyList<LeasedAccount>> _accounts;
    private readonly BootClock _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _one = new(1);
    private readonly object _sharing = new();
    private readonly ITimer _timer;
    private readonly Task _running;
    private volatile bool _ending;
    private Task<bool>? _next;
    private volatile bool _down;

    public LedgerPump(IBudgetLedger ledger, Func<IReadOnlyList<LeasedAccount>> accounts, BootClock clock, LeaseTerms terms, TimeProvider timeProvider, ILogger logger)
    {
        _ledger = ledger;
        _accounts = accounts;
        _clock = clock;
        _logger = logger;
        _timer = timeProvider.CreateTimer(static pump => ((LedgerPump)pump!)._wake.Release(), this, terms.FlushInterval, terms.FlushInterval);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Told when the ledger stops answering (false) and when it answers again (true), on the pump's task.</summary>
    public Action<bool, string>? ReachableChanged { get; set; }

    /// <summary>Exchanges that were sent.</summary>
    public long Exchanges { get; private set; }

    /// <summary>Asks for an exchange soon; at the next flush while the ledger does not answer. Allocates nothing.</summary>
    public void Wake()
    {
        // Each request that is refused asks: a ledger that is down must not be asked as often.
        if (!_down) _wake.Release();
    }

    /// <summary>Exchanges now. Whoever asks before it has begun shares it.</summary>
    /// <returns>Whether the ledger answered.</returns>
    public Task<bool> ExchangeAsync()
    {
        lock (_sharing) return _next ??= ExchangeAsync(ends: false);
    }

    /// <summary>Gives the leases back and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending) return;
        _ending = true;
        await _timer.DisposeAsync().ConfigureAwait(false);
        _wake.Release();
        await _running.ConfigureAwait(false);
        await ExchangeAsync(ends: true).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (!_ending)
        {
            await _wake.WaitAsync().ConfigureAwait(false);
            // Whoever asked meanwhile is served by this exchange too.
            while (_wake.Wait(0))
            {
            }

            if (!_ending) await ExchangeAsync(ends: false).ConfigureAwait(false);
        }
    }

    private async Task<bool> ExchangeAsync(bool ends)
    {
        // Not within the caller's lock.
        await _one.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_sharing) _next = null;
        try
        {
            // A period that has ended asks for the next one at once.
            for (int round = 0; round < 2 && await ExchangeOnceAsync(ends).ConfigureAwait(false) && !ends; round++)
            {
            }

            Report(true, "");
            return true;
        }
        catch (Exception exception)
        {
            // Whatever a ledger throws, its own or a host's: what was not told is told again, and metering goes on.
            Report(false, exception.Message);
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<bool> ExchangeOnceAsync(bool ends)
    {
        bool again = false;
        IReadOnlyList<LeasedAccount> accounts = _accounts();
        for (int i = 0; i < accounts.Count;)
        {
            var exchange = new LedgerExchange();
            for (; i < accounts.Count && exchange.Requests.Count < LargestExchange; i++) accounts[i].Collect(exchange, ends);
            if (exchange.Requests.Count == 0) continue;
            long sentAt = _clock.Milliseconds;
            Exchanges++;
            using var timeout = new CancellationTokenSource(_longestExchange);
            again |= exchange.Take(await _ledger.ExchangeAsync(exchange.Requests, timeout.Token).ConfigureAwait(false), sentAt);
        }

        return again;
    }

    private void Report(bool reachable, string reason)
    {
        if (_down == !reachable) return;
        _down = !reachable;
        if (_down) Log.LedgerLost(_logger, _ledger.Name, reason);
        else Log.LedgerReturned(_logger, _ledger.Name);
        ReachableChanged?.Invoke(reachable, reason);
    }
}
