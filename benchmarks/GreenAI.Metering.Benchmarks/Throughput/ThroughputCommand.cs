using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Throughput of a minimal endpoint over loopback, metered against bare, in pairs of short slices that lie next to each other.</summary>
/// <remarks>
/// Short slices, since a shared machine's speed wanders; all arms in one process, since two processes of one program differ by more than what is looked for. What they share
/// the runtime compiles for those that it saw first: they begin together, and another is first in each launch.
/// </remarks>
internal static class ThroughputCommand
{
    private const int BlocksPerLaunch = 1200;
    private const int WarmUpBlocks = 30;

    // Two equal arms that differ by more: something else than the arm decides.
    private const double Bias = 0.004;

    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _warmUp = TimeSpan.FromMilliseconds(100);
    private static readonly ThroughputArm[] _arms = Enum.GetValues<ThroughputArm>();

    /// <param name="pinned">Server and client have a core each: the server alone bounds throughput, and what metering costs shows undiluted.</param>
    /// <param name="output">Receives the ratios.</param>
    /// <returns>0 when both bars are held and both controls are as they should be, else 1.</returns>
    public static int Run(bool pinned, TextWriter output)
    {
        if (pinned && Environment.ProcessorCount < 2) throw new InvalidOperationException("'pinned' needs two cores: one for the server, one for the client.");
        if (pinned) ThroughputCores.Take(Process.GetCurrentProcess(), server: false);
        List<double>[] rates = [.. _arms.Select(_ => new List<double>())];
        List<double>[] shares = [.. _arms.Select(_ => new List<double>())];
        var random = new Random(1);
        for (int launch = 0; launch < _arms.Length; launch++)
        {
            Measure(launch, random, rates, shares, pinned);
            output.WriteLine($"launch {launch + 1} of {_arms.Length}: {string.Join(", ", _arms.Select(arm => $"{arm} {Number(rates[(int)arm].TakeLast(BlocksPerLaunch).Average(), "F0")}"))} requests/s");
        }

        bool metered = Show(output, ThroughputArm.Metered, rates, shares, pinned, 0.98);
        bool governed = Show(output, ThroughputArm.Governed, rates, shares, pinned, 0.97);
        PairedRatio again = PairedRatio.Of(rates[(int)ThroughputArm.BareAgain], rates[(int)ThroughputArm.Bare]);
        bool isFair = Math.Abs(again.Mean - 1) < Bias;
        output.WriteLine($"{"bare again, control",-26} ratio {Number(again.Mean)}, bounds {Number(again.LowerBound)} and {Number(again.UpperBound)}: {(isFair ? "equal" : "UNEQUAL, so the above proves nothing")}");
        PairedRatio slowed = PairedRatio.Of(rates[(int)ThroughputArm.Slowed], rates[(int)ThroughputArm.Bare]);
        bool notices = slowed.UpperBound < 0.985;
        output.WriteLine($"{"slower by 1 µs, control",-26} ratio {Number(slowed.Mean)}, upper 95 % bound {Number(slowed.UpperBound)}: {(notices ? "noticed" : "NOT NOTICED, so the above proves nothing")}");
        return metered && governed && isFair && notices ? 0 : 1;
    }

    private static void Measure(int first, Random random, List<double>[] rates, List<double>[] shares, bool pinned)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // By the host program 'dotnet', the first argument is the program.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ThroughputCommand).Assembly.Location);
        start.ArgumentList.Add("throughput-server");
        start.ArgumentList.Add(Number(first, "F0"));
        if (pinned) start.ArgumentList.Add("pinned");
        using Process server = Process.Start(start)!;
        try
        {
            var loads = new LoopbackLoad[_arms.Length];
            int[] order = [.. _arms.Select((_, i) => (first + i) % _arms.Length)];
            foreach (int arm in order) loads[arm] = new LoopbackLoad(new Uri(Next(server.StandardOutput, "http://")), pinned ? 1 : Environment.ProcessorCount);
            for (int block = 0; block < WarmUpBlocks; block++)
            {
                foreach (int arm in order) loads[arm].Run(_warmUp);
            }

            for (int block = 0; block < BlocksPerLaunch; block++)
            {
                random.Shuffle(order);
                foreach (int arm in order) rates[arm].Add(loads[arm].Run(_slice));
            }

            foreach (LoopbackLoad load in loads) load.Dispose();
            server.StandardInput.Close();
            foreach (ThroughputArm arm in new[] { ThroughputArm.Metered, ThroughputArm.Governed })
                shares[(int)arm].Add(double.Parse(Next(server.StandardOutput, $"{arm} ")[$"{arm} ".Length..], CultureInfo.InvariantCulture));
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(TimeSpan.FromSeconds(20))) server.Kill();
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
    private static bool Show(TextWriter output, ThroughputArm arm, List<double>[] rates, List<double>[] shares, bool pinned, double bar)
    {
        PairedRatio ratio = PairedRatio.Of(rates[(int)arm], rates[(int)ThroughputArm.Bare]);
        double share = shares[(int)arm].Average(), beside = 1 - (share / (pinned ? 1 : Environment.ProcessorCount));
        bool holds = ratio.LowerBound * beside >= bar;
        output.WriteLine(
            $"{(arm == ThroughputArm.Metered ? "metering alone" : "admission and metrics on"),-26} ratio {Number(ratio.Mean * beside)}, lower 95 % bound {Number(ratio.LowerBound * beside)} of {ratio.Pairs} pairs, "
            + $"bar {Number(bar, "F2")} {(holds ? "ok" : "SHORT")}; of it sampling and billing, {Number(share * 100, "F2")} % of one processor");
        return holds;
    }

    private static string Number(double number, string format = "F4") => number.ToString(format, CultureInfo.InvariantCulture);
}
