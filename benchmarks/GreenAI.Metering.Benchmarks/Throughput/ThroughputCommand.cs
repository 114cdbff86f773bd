using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Throughput of a minimal endpoint over loopback, metered against bare, in pairs of short slices of the same block.</summary>
/// <remarks>
/// Short slices, since a shared machine's speed wanders; all arms in one process, since two processes of one program differ by more than what is looked for. What they share
/// the runtime compiles for those that it saw first: they begin together, in another order in each launch. Not counted is what runs once a second on the pool (the beat of the
/// budgets, the exchange with the ledger), and the collection of metrics, once a scrape.
/// </remarks>
internal static class ThroughputCommand
{
    private const int BlocksPerLaunch = 400;
    private const int WarmUpBlocks = 10;

    // Two equal arms that differ by more: something else than the arm decides.
    private const double Bias = 0.004;

    // Shorter ones differ less, but each begins with what the arm before has left in the caches: of slices of 3 ms metering seems to cost a quarter more.
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _warmUp = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _alone = TimeSpan.FromSeconds(2);
    private static readonly ThroughputArm[] _arms = Enum.GetValues<ThroughputArm>();

    /// <param name="pinned">Server and client have a core each: the server alone bounds throughput, and what metering costs shows undiluted.</param>
    /// <param name="output">Receives the ratios.</param>
    /// <returns>0 when both bars are held and both controls are as they should be, else 1.</returns>
    public static int Run(bool pinned, TextWriter output)
    {
        if (pinned && Environment.ProcessorCount < 2) throw new InvalidOperationException("'pinned' needs two cores: one for the server, one for the client.");
        if (pinned) ThroughputCores.Take(Process.GetCurrentProcess(), server: false);
        var launches = new List<ThroughputLaunch>();
        var random = new Random(1);
        for (int launch = 0; launch < PairedRatio.Launches; launch++)
        {
            launches.Add(Measure(OrderOf(launch), random, pinned));
            output.WriteLine($"launch {launch + 1} of {PairedRatio.Launches}: {Number(launches[launch].BareRate, "F0")} requests/s bare; {string.Join(", ", _arms.Skip(1).Select(arm => $"{arm} {Number(Math.Exp(launches[launch].LogOf(arm)))}"))}");
        }

        double cores = pinned ? 1 : Environment.ProcessorCount;
        bool metered = Show(output, ThroughputArm.Metered, launches, cores, 0.98);
        bool governed = Show(output, ThroughputArm.Governed, launches, cores, 0.97);
        PairedRatio again = PairedRatio.Of([.. launches.Select(launch => launch.LogOf(ThroughputArm.BareAgain))]);
        bool isFair = Math.Abs(again.Mean - 1) < Bias;
        output.WriteLine($"{"bare again, control",-26} ratio {Number(again.Mean)}, bounds {Number(again.LowerBound)} and {Number(again.UpperBound)}: {(isFair ? "equal" : "UNEQUAL, so the above proves nothing")}");
        PairedRatio slowed = PairedRatio.Of([.. launches.Select(launch => launch.LogOf(ThroughputArm.Slowed))]);
        // What a microsecond is of the time that all cores spend on a request: a measurement that sees less than two thirds of it sees too little of metering as well.
        double expected = Math.Exp(-1e-6 * launches.Average(launch => launch.BareRate) / cores);
        bool notices = slowed.UpperBound < 1 && 1 - slowed.Mean > (1 - expected) * 2 / 3;
        output.WriteLine($"{"slower by 1 µs, control",-26} ratio {Number(slowed.Mean)}, bounds {Number(slowed.LowerBound)} and {Number(slowed.UpperBound)}, expected {Number(expected)}: {(notices ? "noticed" : "NOT NOTICED, so the above proves nothing")}");
        return metered && governed && isFair && notices ? 0 : 1;
    }

    // Another arm begins each time, and each order runs backwards as well: what the runtime compiles for the first is for all alike.
    private static ThroughputArm[] OrderOf(int launch)
    {
        ThroughputArm[] order = [.. _arms.Select((_, i) => _arms[(launch + i) % _arms.Length])];
        if (launch / _arms.Length % 2 == 1) Array.Reverse(order);
        return order;
    }

    private static ThroughputLaunch Measure(ThroughputArm[] order, Random random, bool pinned)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // By the host program 'dotnet', the first argument is the program.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ThroughputCommand).Assembly.Location);
        start.ArgumentList.Add("throughput-server");
        start.ArgumentList.Add(string.Join(',', order));
        if (pinned) start.ArgumentList.Add("pinned");
        using Process server = Process.Start(start)!;
        try
        {
            List<double>[] rates = [.. _arms.Select(_ => new List<double>())];
            var loads = new LoopbackLoad[_arms.Length];
            foreach (ThroughputArm arm in order) loads[(int)arm] = new LoopbackLoad(new Uri(Next(server.StandardOutput, "http://")), pinned ? 1 : Environment.ProcessorCount);
            for (int block = 0; block < WarmUpBlocks; block++)
            {
                foreach (ThroughputArm arm in order) loads[(int)arm].Run(_warmUp);
            }

            for (int block = 0; block < BlocksPerLaunch; block++)
            {
                random.Shuffle(order);
                foreach (ThroughputArm arm in order) rates[(int)arm].Add(loads[(int)arm].Run(_slice));
            }

            var launch = new ThroughputLaunch(rates, Beside(ThroughputArm.Metered, loads, server), Beside(ThroughputArm.Governed, loads, server));
            foreach (LoopbackLoad load in loads) load.Dispose();
            return launch;
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(TimeSpan.FromSeconds(20))) server.Kill();
        }
    }

    // The share of a processor that sampling and billing take while all requests are the arm's.
    private static double Beside(ThroughputArm arm, LoopbackLoad[] loads, Process server)
    {
        // What ran before is billed by then.
        loads[(int)arm].Run(_warmUp + _warmUp);
        double before = Cost();
        long started = Stopwatch.GetTimestamp();
        loads[(int)arm].Run(_alone);
        double passed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double share = (Cost() - before) / passed;
        return share > 0 ? share : throw new InvalidOperationException($"Sampling and billing of '{arm}' took no time at all, so nobody counts it.");

        double Cost()
        {
            server.StandardInput.WriteLine(arm);
            return double.Parse(Next(server.StandardOutput, $"{arm} ")[$"{arm} ".Length..], CultureInfo.InvariantCulture);
        }
    }

    // Among what the server logs.
    private static string Next(StreamReader output, string start)
    {
        while (output.ReadLine() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
        }

        throw new IOException($"The server ended before it wrote '{start}'.");
    }

    // Reading counters and billing run beside all arms and slow all of them: they are counted here, on top of what the slices show.
    private static bool Show(TextWriter output, ThroughputArm arm, List<ThroughputLaunch> launches, double cores, double bar)
    {
        PairedRatio ratio = PairedRatio.Of([.. launches.Select(launch => launch.LogOf(arm) + Math.Log(1 - (launch.Beside(arm) / cores)))]);
        bool holds = ratio.LowerBound >= bar;
        output.WriteLine(
            $"{(arm == ThroughputArm.Metered ? "metering alone" : "admission and metrics on"),-26} ratio {Number(ratio.Mean)}, lower 95 % bound {Number(ratio.LowerBound)} of {PairedRatio.Launches} launches, "
            + $"bar {Number(bar, "F2")} {(holds ? "ok" : "SHORT")}; counted in: sampling and billing, {Number(launches.Average(launch => launch.Beside(arm)) * 100, "F2")} % of one processor; "
            + $"nothing trimmed: {Number(launches.Average(launch => launch.Plain(arm) * (1 - (launch.Beside(arm) / cores))))}");
        return holds;
    }

    private static string Number(double number, string format = "F4") => number.ToString(format, CultureInfo.InvariantCulture);
}
