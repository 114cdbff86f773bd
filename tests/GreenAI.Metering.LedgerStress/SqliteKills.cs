using System.Diagnostics;
using System.Globalization;
using GreenAI.Metering.Checks;

namespace GreenAI.Metering.LedgerStress;

/// <summary>Kills a worker at a random instant, again and again, on the same file, and compares the file with what the worker was told.</summary>
internal static class SqliteKills
{
    // So many kills that all of them missing an exchange by chance is out of the question.
    private const int EnoughForChance = 40;

    public static async Task<int> RunAsync(string[] args)
    {
        bool twice = args is ["--negative-control"];
        if (twice) args = ["10"];
        int kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("greenai-stress-");
        try
        {
            string file = Path.Combine(folder.FullName, "budgets.db");
            CheckList checks = new(Console.Out);
            long started = Stopwatch.GetTimestamp();
            KilledRun.Sums sums = default;
            for (int i = 0; i < kills; i++) sums = await KilledRun.OfAsync(file, seed + i, twice, sums, checks);
            checks.That(sums.Exchanges > 0, "workers were told that something was flushed", "no exchange was answered");
            if (kills >= EnoughForChance) checks.That(sums.InFlight > 0, "some kills hit an exchange", "none did: nothing was shown of them");
            Console.WriteLine(FormattableString.Invariant(
                $"{kills} kills in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s: {sums.Exchanges} exchanges, {sums.InFlight} kills during one, of which {sums.Kept} had been written; settled {sums.Settled}"));
            return checks.Close();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
