using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Throughput of a minimal endpoint over loopback, metered against bare, in pairs of short slices that lie next to each other.</summary>
internal static class ThroughputCommand
{
    private const int Launches = 4;
    private const int BlocksPerLaunch = 150;

    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);

    // Each stands in each place, and before and after each other, equally often: what the one before leaves behind helps and hurts all alike.
    private static readonly int[][] _orders = [[0, 1, 2, 3], [1, 3, 0, 2], [2, 0, 3, 1], [3, 2, 1, 0]];

    /// <param name="pinned">Server and client have a core each: the server alone bounds throughput, and what metering costs shows undiluted.</param>
    /// <param name="output">Receives the ratios.</param>
    /// <returns>0 when both bars are held and the control was noticed, else 1.</returns>
    public static int Run(bool pinned, TextWriter output)
    {
        if (pinned) ThroughputCores.Take(Process.GetCurrentProcess(), server: false);
        List<double>[] rates = [.. Enum.GetValues<ThroughputArm>().Select(_ => new List<double>())];
        for (int launch = 0; launch < Launches; launch++)
        {
            Measure(rates, pinned);
            output.WriteLine($"launch {launch + 1} of {Launches}: {Rate(rates[0])}, {Rate(rates[1])}, {Rate(rates[2])}, {Rate(rates[3])} requests/s bare, metered, governed, slowed");
        }

        bool metered = Show(output, "metering alone", PairedRatio.Of(rates[1], rates[0]), 0.98);
        bool governed = Show(output, "admission and metrics on", PairedRatio.Of(rates[2], rates[0]), 0.97);
        PairedRatio slowed = PairedRatio.Of(rates[3], rates[0]);
        bool notices = slowed.UpperBound < 0.98;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"slower by 1 µs, control",-26} ratio {slowed.Mean:F4}, upper 95 % bound {slowed.UpperBound:F4}: {(notices ? "noticed" : "NOT NOTICED, so the above proves nothing")}"));
        return metered && governed && notices ? 0 : 1;
    }

    private static void Measure(List<double>[] rates, bool pinned)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // By the host program 'dotnet', the first argument is the program.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ThroughputCommand).Assembly.Location);
        start.ArgumentList.Add("throughput-server");
        if (pinned) start.ArgumentList.Add("pinned");
        using Process server = Process.Start(start)!;
        try
        {
            LoopbackLoad[] loads = [.. rates.Select(_ => new LoopbackLoad(NextAddress(server.StandardOutput), pinned ? 1 : Environment.ProcessorCount))];
            foreach (LoopbackLoad load in loads) load.Run(_warmUp);
            for (int block = 0; block < BlocksPerLaunch; block++)
            {
                foreach (int arm in _orders[block % _orders.Length]) rates[arm].Add(loads[arm].Run(_slice));
            }

            foreach (LoopbackLoad load in loads) load.Dispose();
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(TimeSpan.FromSeconds(20))) server.Kill();
        }
    }

    // Among what the server logs.
    private static Uri NextAddress(StreamReader output)
    {
        while (output.ReadLine() is { } line)
        {
            if (line.StartsWith("http://", StringComparison.Ordinal)) return new Uri(line);
        }

        throw new IOException("The server did not start.");
    }

    private static bool Show(TextWriter output, string what, PairedRatio ratio, double bar)
    {
        bool holds = ratio.LowerBound >= bar;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-26} ratio {ratio.Mean:F4}, lower 95 % bound {ratio.LowerBound:F4} of {ratio.Pairs} pairs, bar {bar:F2} {(holds ? "ok" : "SHORT")}"));
        return holds;
    }

    private static string Rate(List<double> rates) => rates.Average().ToString("F0", CultureInfo.InvariantCulture);
}
