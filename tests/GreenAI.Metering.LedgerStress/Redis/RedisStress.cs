using GreenAI.Metering.Checks;

namespace GreenAI.Metering.LedgerStress;

/// <summary>Eight processes on one Redis with a budget of a million small spends, and what may happen to them.</summary>
internal static class RedisStress
{
    // A hundredth, on top of what is reserved; what settles while the two are read, one after the other, counts as reserved.
    private const long LargestLease = (StressTerms.Limit / 100) + (100 * StressTerms.Estimate);

    // What is left over when the holders cannot use it: less than an estimate each.
    private const long Tail = StressFleet.Workers * StressTerms.Estimate;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(16);

    private static readonly (string Name, int Pace, Func<StressRun, Task> Act)[] _scenarios =
    [
        ("plain", 0, static _ => Task.CompletedTask),
        ("kill", 4, KillAsync),
        ("pause", 4, PauseAsync),
        ("cut", 4, CutAsync),
        ("restart", 4, static run => RestartAsync(run, lostSeconds: 0)),
        ("rollback", 4, static run => RestartAsync(run, lostSeconds: 1)),
        ("lost", 4, static run => RestartAsync(run, lostSeconds: -1)),
    ];

    public static async Task<int> RunAsync(string[] names)
    {
        var checks = new CheckList(Console.Out);
        if (RedisServer.Missing is { } missing)
        {
            Console.WriteLine("skipped: " + missing);
            return checks.Close();
        }

        using var server = new RedisServer("--appendonly", "yes", "--appendfsync", "everysec");
        // A budget that begins after its server has started cannot have been forgotten by it.
        await Task.Delay(2200);
        foreach ((string name, int pace, Func<StressRun, Task> act) in _scenarios)
        {
            if (names.Length > 0 && !names.Contains(name)) continue;
            await RunAsync(name, pace, act, server, checks);
        }

        return checks.Close();
    }

    private static async Task RunAsync(string name, int pace, Func<StressRun, Task> act, RedisServer server, CheckList checks)
    {
        long began = Environment.TickCount64;
        await using var proxy = new LoopbackProxy(server.Port);
        StressTerms direct = new(server.Configuration, name, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), pace);
        await using var monitor = new StressMonitor(direct);
        using var fleet = new StressFleet(name == "cut" ? direct with { Configuration = proxy.Configuration } : direct);
        var run = new StressRun(server, proxy, fleet, monitor, checks, name);
        await act(run);
        bool dry = await monitor.UntilAsync(static balance => balance.Remaining + balance.Outstanding <= Tail, _longest);
        int ended = fleet.End();
        // The leases of the killed end by themselves.
        await monitor.UntilAsync(static balance => balance.Outstanding == 0, StressTerms.TimeToLive + StressTerms.Skew + TimeSpan.FromSeconds(2));
        Judge(run, dry, ended);
        Console.WriteLine(FormattableString.Invariant($"   {name}: {(Environment.TickCount64 - began) / 1000.0:0.0} s"));
    }

    private static void Judge(StressRun run, bool dry, int ended)
    {
        (StressFleet fleet, StressMonitor monitor, CheckList checks, string name) = (run.Fleet, run.Monitor, run.Checks, run.Name);
        LedgerBalance last = monitor.Last ?? new LedgerBalance { Period = "" };
        string state = StressMonitor.Text(last);
        checks.That(monitor.Broken is null, name + ": never more than the limit, and no overrun", monitor.Broken ?? "");
        checks.That(monitor.Reads > 100, name + ": watched all the time", FormattableString.Invariant($"{monitor.Reads} reads"));
        checks.That(dry, name + ": the budget was used up", state);
        checks.Equal(StressFleet.Workers, ended, name + ": workers that ended well");
        checks.That(
            fleet.Spent <= last.Settled + last.Forfeited,
            name + ": what was really spent is charged",
            FormattableString.Invariant($"{fleet.Spent} spent, {state}"));
        checks.That(last.Settled + last.Forfeited <= StressTerms.Limit && last.Outstanding == 0, name + ": within the limit at the end", state);
        // A lease for each kill; and what was given back just before a server lost its memory of it stays charged.
        long lost = (fleet.Kills + (name is "rollback" or "lost" ? 1 : 0)) * LargestLease;
        checks.That(
            last.Settled >= (long)(StressTerms.Limit * 0.999) - lost,
            name + ": 99.9 % is usable, less a lease for each kill",
            FormattableString.Invariant($"{state}, {fleet.Kills} kills"));
        checks.That(last.Forfeited <= lost, name + ": no more is forfeited than the leases of the killed", state);
        checks.That(
            fleet.Exchanges * 100 < fleet.Admissions,
            name + ": Redis is called for less than 1 % of admissions",
            FormattableString.Invariant($"{fleet.Exchanges} of {fleet.Admissions}"));
        Console.WriteLine(FormattableString.Invariant(
            $"   {name}: {100.0 * last.Settled / StressTerms.Limit:0.000} % settled; spent {fleet.Spent}, {state}; most forfeited {monitor.MostForfeited}; {fleet.Kills} kills"));
        Console.WriteLine(FormattableString.Invariant(
            $"   {name}: {fleet.Admissions} admissions, {fleet.Exchanges} exchanges ({100.0 * fleet.Exchanges / Math.Max(1, fleet.Admissions):0.000} %), {(double)fleet.Microseconds / Math.Max(1, fleet.Admissions):0.000} µs of processor each, all included; {monitor.Reads} reads, {monitor.Outages} outages"));
        Console.WriteLine($"   {name}: {Script(run.Server)}");
    }

    // What the server itself measured of the script, for exchanges and for the monitor's reads.
    private static string Script(RedisServer server)
    {
        string statistics = server.Command("INFO commandstats");
        int at = statistics.IndexOf("cmdstat_evalsha:", StringComparison.Ordinal);
        return at < 0 ? "the script was not run" : "the script: " + statistics[(at + "cmdstat_evalsha:".Length)..].Split('\r')[0];
    }

    private static async Task KillAsync(StressRun run)
    {
        var random = new Random(7);
        await run.BegunAsync();
        for (int i = 0; i < 8; i++)
        {
            await Task.Delay(random.Next(200, 700));
            run.Fleet.KillAndReplace(random.Next(StressFleet.Workers));
        }
    }

    private static async Task PauseAsync(StressRun run)
    {
        await run.BegunAsync();
        for (int i = 0; i < 3; i++) Signals.Pause(run.Fleet[i]);
        await Task.Delay(StressTerms.TimeToLive + StressTerms.Skew + TimeSpan.FromMilliseconds(700));
        run.Checks.That(run.Monitor.MostForfeited > 0, run.Name + ": leases of the paused were forfeited", "none was");
        for (int i = 0; i < 3; i++) Signals.Resume(run.Fleet[i]);
    }

    private static async Task CutAsync(StressRun run)
    {
        await run.BegunAsync();
        run.Proxy.Cut();
        await Task.Delay(StressTerms.TimeToLive + StressTerms.Skew + TimeSpan.FromMilliseconds(300));
        long before = run.Fleet.Spent;
        await Task.Delay(500);
        run.Checks.Equal(before, run.Fleet.Spent, run.Name + ": nobody spends after the lease is over");
        run.Checks.That(run.Monitor.MostForfeited > 0, run.Name + ": leases of the cut off were forfeited", "none was");
        run.Proxy.Mend();
    }

    // lostSeconds: 0: as a crash of the process leaves it; 1: the last second was not on the disk; -1: all is lost.
    private static async Task RestartAsync(StressRun run, int lostSeconds)
    {
        await run.BegunAsync();
        long written = run.Server.AppendOnlyLength();
        // Of what this one spent and held only the others know, when the server comes back without its memory.
        run.Fleet.KillAndReplace(0);
        await Task.Delay(1000);
        run.Server.Kill();
        if (lostSeconds > 0) run.Server.CutAppendOnly(written);
        if (lostSeconds < 0) run.Server.Erase();
        await Task.Delay(300);
        run.Server.Start();
    }
}
