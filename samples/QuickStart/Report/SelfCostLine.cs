using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What the metering itself cost.</summary>
internal static class SelfCostLine
{
    public static void Print(IAnsiConsole console, SelfCost cost)
    {
        string time = SiText.Quantity(cost.CpuTime.TotalSeconds, "s");
        string elapsed = SiText.Quantity(cost.Elapsed.TotalSeconds, "s");
        string share = SiText.Percent(cost.CpuTime / cost.Elapsed, 3);
        string power = cost.Power is { } drawn ? SiText.Quantity(drawn.Watts, "W") : "power unavailable";
        console.WriteLine($"The metering itself: {time} of CPU time in {elapsed} ({share} of one core), {power}.");
    }
}
