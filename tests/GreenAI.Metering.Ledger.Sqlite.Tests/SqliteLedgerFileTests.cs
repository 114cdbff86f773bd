using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Ledger.Sqlite.Tests;

public sealed class SqliteLedgerFileTests : IDisposable
{
    private static readonly LedgerAccount _account = LedgerAccounts.Lifetime(1_000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exchange_AfterReopening_WhatWasSpentIsThere()
    {
        await using (SqliteBudgetLedger first = Ledger())
        {
            TestHolder holder = Holder(first);
            await holder.ReportAsync(need: 100);
            holder.Spend(70);
            await holder.ReportAsync();
        }

        await using SqliteBudgetLedger second = Ledger();
        Assert.Equal(70, (await second.ReadAsync(_account))?.Settled);
        Assert.Equal(("sqlite", false), (second.Name, second.IsLocal));
    }

    [Fact]
    public async Task Exchange_TwoLedgersOnOneFile_ShareTheBudget()
    {
        await using SqliteBudgetLedger a = Ledger(), b = Ledger();
        await Holder(a, "a").ReportAsync(need: 700);
        LedgerReply reply = await Holder(b, "b").ReportAsync(need: 700);
        Assert.Equal((LedgerStatus.Exhausted, 300, 2), (reply.Status, reply.Granted, reply.Balance.Holders));
    }

    [Fact]
    public async Task Exchange_ManyLedgersMakeTheFileAtOnce_NothingIsLost()
    {
        SqliteBudgetLedger[] ledgers = [.. Enumerable.Range(0, 8).Select(_ => Ledger())];
        await Task.WhenAll(ledgers.Select((ledger, number) => Task.Run(async () =>
        {
            TestHolder holder = Holder(ledger, FormattableString.Invariant($"h{number}"), LedgerAccounts.Lifetime(long.MaxValue));
            for (int i = 0; i < 10; i++)
            {
                await holder.ReportAsync();
                holder.Spend(3);
            }

            await holder.ReportAsync(isFinal: true);
        })));
        Assert.Equal(8 * 10 * 3, (await ledgers[0].ReadAsync(LedgerAccounts.Lifetime(long.MaxValue)))?.Settled);
        foreach (SqliteBudgetLedger ledger in ledgers) await ledger.DisposeAsync();
    }

    [Fact]
    public async Task Exchange_ABatchThatFailsHalfway_BooksNothing()
    {
        await using SqliteBudgetLedger ledger = Ledger();
        await Holder(ledger).ReportAsync(need: 100);
        LedgerAccount nowhere = new()
        {
            Key = "nowhere",
            Limit = 1,
            Window = new() { Type = BudgetWindowType.Calendar, TimeZone = "Nowhere/AtAll" },
        };
        LedgerRequest[] requests = [Holder(ledger, "b").Request(need: 100), Holder(ledger, "c", nowhere).Request()];
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () => await ledger.ExchangeAsync(requests, TestContext.Current.CancellationToken));
        LedgerBalance? balance = await ledger.ReadAsync(_account);
        Assert.Equal((1, 100), (balance?.Holders, balance?.Outstanding));
    }

    [Fact]
    public async Task Exchange_OldPeriodsAndLeases_AreNotKept()
    {
        FakeTimeProvider time = new(new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero));
        await using (SqliteBudgetLedger ledger = new(new() { Path = _folder.File, TimeProvider = time }))
        {
            for (int minute = 0; minute < 5; minute++)
            {
                await Holder(ledger, "a", LedgerAccounts.Minutely(1_000)).ReportAsync(need: 1);
                time.Advance(TimeSpan.FromMinutes(1));
            }

            TestHolder holder = Holder(ledger);
            for (int i = 0; i < 300; i++)
            {
                await holder.ReportAsync(need: 1);
                await holder.ReportAsync(isFinal: true);
            }
        }

        Assert.Equal(3L, Database.Ask(_folder.File, "SELECT count(*) FROM period JOIN account ON account = account.id WHERE key = 'minutely'"));
        Assert.Equal(3L, Database.Ask(_folder.File, "SELECT count(*) FROM lease WHERE state = 0"));
        Assert.Equal(256L, Database.Ask(_folder.File, "SELECT count(*) FROM lease WHERE state <> 0"));
    }

    [Fact]
    public async Task Exchange_Open_IsAWriteAheadLogWithItsVersion()
    {
        await using SqliteBudgetLedger ledger = Ledger();
        await Holder(ledger).ReportAsync(need: 1);
        Assert.Equal("wal", Database.Ask(_folder.File, "PRAGMA journal_mode"));
        Assert.Equal(1L, Database.Ask(_folder.File, "PRAGMA user_version"));
        Assert.Equal("ok", Database.Ask(_folder.File, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Exchange_NoDirectory_SaysToMakeIt() =>
        await FailsAsync(Path.Combine(_folder.Folder, "missing", "budgets.db"), "has no directory: make it, or set Path.");

    [Fact]
    public async Task Exchange_ADirectory_SaysToNameAFile() => await FailsAsync(_folder.Folder, "is a directory: name a file in it.");

    [Fact]
    public async Task Exchange_NotADatabase_IsLeftAsItIs()
    {
        string text = string.Concat(Enumerable.Repeat("not a database\n", 100));
        await File.WriteAllTextAsync(_folder.File, text, TestContext.Current.CancellationToken);
        await FailsAsync(_folder.File, "is not a SQLite database, so it was left as it is: set Path to another file.");
        Assert.Equal(text, await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Exchange_DatabaseOfAnotherProgram_IsLeftAsItIs()
    {
        Database.Ask(_folder.File, "CREATE TABLE theirs(x)");
        await FailsAsync(_folder.File, "is a SQLite database of another program, so it was left as it is: set Path to another file.");
        Assert.Equal(("delete", 1L), (Database.Ask(_folder.File, "PRAGMA journal_mode"), Database.Ask(_folder.File, "SELECT count(*) FROM sqlite_schema")));
    }

    [Fact]
    public async Task Exchange_NewerFile_IsRefused()
    {
        await using (SqliteBudgetLedger ledger = Ledger()) await Holder(ledger).ReportAsync(need: 1);
        Database.Ask(_folder.File, "PRAGMA user_version = 2");
        await FailsAsync(_folder.File, "has version 2 of its tables, made by a newer GreenAI.Metering; this one knows version 1: update this program, or set Path to another file.");
    }

    [Fact]
    public async Task Exchange_DamagedFile_SaysHowToSaveIt()
    {
        await using (SqliteBudgetLedger ledger = Ledger()) await Holder(ledger).ReportAsync(need: 1);
        await using (FileStream file = new(_folder.File, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        await FailsAsync(_folder.File, "is damaged: stop the processes that use it");
    }

    [Fact]
    public async Task Exchange_LockedForLongerThanBusyTimeout_SaysSoAndWorksAfterwards()
    {
        await using SqliteBudgetLedger ledger = Ledger(TimeSpan.FromSeconds(1));
        await Holder(ledger).ReportAsync(need: 1);
        using (SqliteConnection other = new(new SqliteConnectionStringBuilder { DataSource = _folder.File, Pooling = false }.ConnectionString))
        {
            other.Open();
            using SqliteTransaction held = other.BeginTransaction();
            LedgerUnavailableException found = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await Holder(ledger).ReportAsync(need: 1));
            Assert.Contains("is held by another process for longer than BusyTimeout", found.Message, StringComparison.Ordinal);
        }

        Assert.Equal(LedgerStatus.Granted, (await Holder(ledger).ReportAsync(need: 1)).Status);
    }

    [Fact]
    public async Task Exchange_DirectoryMadeLater_WorksAtTheNextTry()
    {
        string path = Path.Combine(_folder.Folder, "later", "budgets.db");
        await using SqliteBudgetLedger ledger = new(new() { Path = path });
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await Holder(ledger).ReportAsync());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Assert.Equal(LedgerStatus.Granted, (await Holder(ledger).ReportAsync(need: 1)).Status);
    }

    [Fact]
    public async Task Exchange_AfterDisposal_Throws()
    {
        SqliteBudgetLedger ledger = Ledger();
        await ledger.DisposeAsync();
        await ledger.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Holder(ledger).ReportAsync());
    }

    [Theory]
    [InlineData(8, 8, "cannot be written: give this process the right to write the file and its directory.")]
    [InlineData(10, 778, "cannot be read or written: look for errors of the disk")]
    [InlineData(10, 4874, "cannot grow, because the disk is full: make room.")]
    [InlineData(13, 13, "cannot grow, because the disk is full: make room.")]
    public void Errors_SayWhatToDo(int code, int extended, string expected)
    {
        LedgerUnavailableException found = SqliteErrors.Of("/x/budgets.db", new SqliteException("as SQLite says it", code, extended));
        Assert.StartsWith("The ledger's file '/x/budgets.db' " + expected, found.Message, StringComparison.Ordinal);
    }

    private static TestHolder Holder(IBudgetLedger ledger, string name = "a", LedgerAccount? account = null) =>
        new(ledger, name, TimeSpan.FromHours(1)) { Account = account ?? _account };

    private static async Task FailsAsync(string path, string expected)
    {
        await using SqliteBudgetLedger ledger = new(new() { Path = path });
        LedgerUnavailableException found = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await Holder(ledger).ReportAsync(need: 1));
        Assert.StartsWith($"The ledger's file '{path}' {expected}", found.Message, StringComparison.Ordinal);
    }

    private SqliteBudgetLedger Ledger(TimeSpan? busyTimeout = null) =>
        new(new() { Path = _folder.File, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(20) });
}
