using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Ledger.Sqlite.Tests;

internal sealed class SqliteRig : ILedgerRig
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero));

    public SqliteRig() => Ledger = new SqliteBudgetLedger(new() { Path = _folder.File, TimeProvider = _time });

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

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Dispose();
    }
}
