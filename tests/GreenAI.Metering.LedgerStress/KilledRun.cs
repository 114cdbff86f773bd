using System.Diagnostics;
using System.Globalization;
using GreenAI.Metering.Checks;
using Microsoft.Data.Sqlite;

namespace GreenAI.Metering.LedgerStress;

/// <summary>One worker, from its start to its end by signal 9, and what the file says afterwards.</summary>
internal static class KilledRun
{
    /// <summary>Runs one.</summary>
    /// <param name="file">The file, kept from run to run.</param>
    /// <param name="seed">Of the worker's amounts and of the instant.</param>
    /// <param name="twice">Whether the worker counts twice, which must be found.</param>
    /// <param name="before">What was found after the run before.</param>
    /// <param name="checks">Where findings go.</param>
    public static async Task<Sums> OfAsync(string file, int seed, bool twice, Sums before, CheckList checks)
    {
        Random random = new(seed);
        (long told, long telling, int exchanges) = await WorkAsync(file, seed, twice, random);
        string name = FormattableString.Invariant($"kill {seed}: ");
        checks.Equal("ok", Ask(file, "PRAGMA integrity_check") as string, name + "integrity");

        await using SqliteBudgetLedger ledger = new(new() { Path = file });
        LedgerBalance? balance = await ledger.ReadAsync(SqliteWorker.Account, CancellationToken.None);
        long settled = balance?.Settled ?? 0, mine = settled - before.Settled;

        // Either the exchange that was interrupted is there, as a whole and once, or it is not.
        checks.That(mine == told || mine == telling, name + "settled is what was flushed", FormattableString.Invariant($"{mine}, told {told}, telling {telling}"));
        object? leases = Ask(file, "SELECT sum(spent) FROM lease");
        object? number = Ask(file, "SELECT count(*) FROM lease");
        if (number is < 200L) checks.Equal(settled, leases as long? ?? 0, name + "leases add up to what is settled");
        bool isCharged = balance is null || (balance.Charged <= balance.Limit + balance.Overrun && balance.Forfeited == 0);
        checks.That(isCharged, name + "no more is charged than may be", FormattableString.Invariant($"{balance?.Charged}"));
        bool wasInFlight = telling != told;
        return new(settled, before.Exchanges + exchanges, before.InFlight + (wasInFlight ? 1 : 0), before.Kept + (wasInFlight && mine == telling ? 1 : 0));
    }

    private static async Task<(long Told, long Telling, int Exchanges)> WorkAsync(string file, int seed, bool twice, Random random)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started by 'dotnet PROGRAM.dll' or by the program itself.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(KilledRun).Assembly.Location);
        foreach (string argument in (string[])["sqlite-worker", file, seed.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        if (twice) start.ArgumentList.Add("twice");
        using Process process = Process.Start(start)!;
        long told = 0, telling = 0;
        int exchanges = 0, tellings = 0;

        // Half of them at any instant, from before the file is opened; half while something is being flushed, the first time or later.
        int last = random.Next(2) == 0 ? random.Next(1, 8) : int.MaxValue;
        Task<bool> killed = last == int.MaxValue ? KillAsync(process, TimeSpan.FromMilliseconds(random.NextDouble() * 600)) : Task.FromResult(true);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');

            // A last line that was cut off says nothing.
            if (words.Length < 2 || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long amount)) continue;
            if (words[0] == "telling")
            {
                telling = amount;
                if (++tellings == last) await KillAsync(process, Microseconds(random.Next(tellings == 1 ? 30_000 : 1_500)));
            }
            else
            {
                (told, exchanges) = (amount, exchanges + 1);
            }
        }

        await process.WaitForExitAsync();
        if (!await killed) throw new InvalidOperationException(FormattableString.Invariant($"Worker {seed} ended by itself with code {process.ExitCode}."));
        return (told, telling, exchanges);
    }

    private static async Task<bool> KillAsync(Process process, TimeSpan after)
    {
        // Timers are too coarse for the time of one transaction.
        long started = Stopwatch.GetTimestamp();
        if (after > TimeSpan.FromMilliseconds(50)) await Task.Delay(after);
        while (Stopwatch.GetElapsedTime(started) < after) Thread.SpinWait(20);
        if (process.HasExited) return false;
        process.Kill();
        return true;
    }

    private static TimeSpan Microseconds(int count) => new(count * TimeSpan.TicksPerMicrosecond);

    private static object? Ask(string file, string sql)
    {
        if (!File.Exists(file)) return sql.StartsWith("PRAGMA", StringComparison.Ordinal) ? "ok" : null;
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        if (sql.StartsWith("SELECT", StringComparison.Ordinal))
        {
            using SqliteCommand tables = new("SELECT count(*) FROM sqlite_schema WHERE name = 'lease'", connection);
            if (tables.ExecuteScalar() is 0L) return null;
        }

        using SqliteCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>What was found so far.</summary>
    internal readonly record struct Sums(long Settled, long Exchanges, int InFlight, int Kept);
}
