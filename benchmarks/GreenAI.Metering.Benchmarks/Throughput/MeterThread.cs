using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// The thread on which a meter reads counters and bills. What it costs is the processor time that the kernel counts; where the kernel does not, the time that the meter's closes took, by its own account.
/// </summary>
internal sealed class MeterThread(EnergyMeter meter, IReadOnlyList<string> threads)
{
    private const string Threads = "/proc/self/task";

    // What the kernel keeps of "GreenAI.Metering sampler".
    private const string Name = "GreenAI.Meterin";

    /// <summary>All that run now; none where the kernel does not tell.</summary>
    public static IReadOnlyList<string> Running() => Directory.Exists(Threads) ? [.. Directory.EnumerateDirectories(Threads).Where(thread => Text(thread, "comm").TrimEnd() == Name)] : [];

    /// <summary>Seconds since it began.</summary>
    public double Seconds()
    {
        double counted = threads.Sum(thread => double.TryParse(Text(thread, "schedstat").Split(' ')[0], CultureInfo.InvariantCulture, out double nanoseconds) ? nanoseconds / 1e9 : 0);
        return counted > 0 ? counted : meter.GetTotals().SelfCost.ProcessorTime.TotalSeconds;
    }

    private static string Text(string thread, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, name));
        }
        catch (IOException)
        {
            // It has ended meanwhile, or the kernel does not count.
            return "";
        }
    }
}
