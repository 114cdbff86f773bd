using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>One line per phase, for files, pipes and terminals that cannot go back.</summary>
internal sealed class LineDisplay(IAnsiConsole console) : IPhaseDisplay
{
    public async Task ShowAsync(IReadOnlyList<WorkloadPhase> phases, Func<WorkloadPhase, Action<double>, Task<string>> run)
    {
        for (int i = 0; i < phases.Count; i++)
        {
            string outcome = await run(phases[i], static _ => { });
            console.WriteLine(FormattableString.Invariant(
                $"[{i + 1}/{phases.Count}] {phases[i].Name}, {phases[i].Duration.TotalSeconds:0.##} s: {outcome}"));
        }
    }
}
