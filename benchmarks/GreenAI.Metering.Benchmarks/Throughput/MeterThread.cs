using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// The thread on which a meter reads counters and bills. What it costs is the processor time that the kernel counts; on systems that do not tell, the time that the meter's closes took, by its own account.
/// </summary>
internal sealed class MeterThread(EnergyMeter meter, string? thread)
{
    private const string Tasks = "/proc/self/task";

    // What the kernel keeps of "GreenAI.Metering sampler".
    private const string Name = "GreenAI.Meterin";

    /// <summary>All that run now; none where the kernel does not tell.</summary>
    public static IReadOnlyList<string> Running() => Directory.Exists(Tasks) ? [.. Directory.EnumerateDirectories(Tasks).Where(task => Text(task, "comm").TrimEnd() == Name)] : [];

    /// <summary>The thread of a meter that has just begun.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="others">The threads of those before.</param>
    /// <exception cref="InvalidOperationException">The kernel tells of threads, and not of exactly one that is new: what it costs would go uncounted.</exception>
    public static MeterThread Of(EnergyMeter meter, IReadOnlyList<string> others)
    {
        string[] begun = [.. Running().Except(others)];
        if (Directory.Exists(Tasks) && begun.Length != 1) throw new InvalidOperationException($"{begun.Length} threads are named '{Name}' since a meter began, not one.");
        return new MeterThread(meter, begun.SingleOrDefault());
    }

    /// <summary>Seconds since it began.</summary>
    public double Seconds() => thread is null
        ? meter.GetTotals().SelfCost.ProcessorTime.TotalSeconds
        : double.Parse(Text(thread, "schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;

    private static string Text(string task, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, name));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
