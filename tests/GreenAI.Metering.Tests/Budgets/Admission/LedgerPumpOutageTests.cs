using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A ledger that does not answer is not asked by each request that is refused.</summary>
public sealed class LedgerPumpOutageTests
{
    [Fact]
    public async Task Wake_LedgerDown_IsAskedAtTheFlushOnly()
    {
        var time = new FakeTimeProvider();
        var ledger = new DownLedger();
        var clock = new BootClock(time);
        var terms = new LeaseTerms { Holder = "a" };
        LedgerPump? pump = null;
        LedgerAccount made = new() { Key = "a", Window = new BudgetWindow { Type = BudgetWindowType.Lifetime }, Limit = 1_000 };
        var account = new LeasedAccount(made, ledger, clock, terms, () => pump!.Wake());
        pump = new LedgerPump(ledger, () => [account], clock, terms, time, NullLogger.Instance);
        await pump.ExchangeAsync();
        for (int asked = 2; asked <= 20; asked++)
        {
            for (int i = 0; i < 50; i++)
            {
                Assert.False(account.TryReserve(1, out _));
                await Task.Yield();
            }

            time.Advance(terms.FlushInterval);
            await ledger.Asked.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(asked, ledger.Calls);
        }

        await pump.DisposeAsync();
    }

    private sealed class DownLedger : IBudgetLedger
    {
        private int _calls;

        // The first exchange is waited for by itself.
        public SemaphoreSlim Asked { get; } = new(0);

        public int Calls => Volatile.Read(ref _calls);

        public string Name => "down";

        public bool IsLocal => false;

        public ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _calls) > 1) Asked.Release();
            throw new LedgerUnavailableException("It is down.", null);
        }

        public ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken) => throw new LedgerUnavailableException("It is down.", null);

        public ValueTask DisposeAsync() => default;
    }
}
