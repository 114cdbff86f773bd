namespace GreenAI.Metering.Ledger.Sqlite.Tests;

public sealed class SqliteLedgerConformanceTests : LedgerConformance
{
    // Each step is a transaction on the disk.
    protected override int ModelRuns => 60;

    protected override Task<ILedgerRig> CreateAsync() => Task.FromResult<ILedgerRig>(new SqliteRig());
}
