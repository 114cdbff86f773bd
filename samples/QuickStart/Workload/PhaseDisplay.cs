using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Chooses how the phases are shown.</summary>
internal static class PhaseDisplay
{
    public static IPhaseDisplay On(IAnsiConsole console) => console.Profile.Capabilities is { Ansi: true, Interactive: true }
        ? new BarDisplay(console)
        : new LineDisplay(console);
}
