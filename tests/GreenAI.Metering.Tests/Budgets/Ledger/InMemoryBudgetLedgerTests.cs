using GreenAI.Metering.Checks;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class InMemoryBudgetLedgerTests : LedgerConformance
{
    protected override int ModelRuns => 1_000;

    [Fact]
    public async Task Exchange_CompletesAtOnce()
    {
        await using Rig rig = new();
        LedgerAccount account = LedgerAccounts.Lifetime(1_000);
        LedgerRequest request = new() { Account = account, Holder = "a", Need = 10, TimeToLive = TimeSpan.FromSeconds(30) };
        Assert.True(rig.Ledger.ExchangeAsync([request], TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.True(rig.Ledger.ReadAsync(account, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.Equal(("memory", true), (rig.Ledger.Name, rig.Ledger.IsLocal));
    }

    protected override Task<ILedgerRig> CreateAsync() => Task.FromResult<ILedgerRig>(new Rig());

    private sealed class Rig : ILedgerRig
    {
        private readonly FakeTimeProvider _time = new(new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero));

        public Rig() => Ledger = new InMemoryBudgetLedger(_time);

        public IBudgetLedger Ledger { get; }

        public DateTimeOffset Now => _time.GetUtcNow();

        public TimeSpan Second => TimeSpan.FromSeconds(1);

        public TimeSpan Slack => TimeSpan.Zero;

        public TimeSpan ForfeitFor => TimeSpan.Zero;

        public bool IsExact => true;

        public Task AdvanceAsync(TimeSpan by)
        {
            _time.Advance(by);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => Ledger.DisposeAsync();
    }
}
