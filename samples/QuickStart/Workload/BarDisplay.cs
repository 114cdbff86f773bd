using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A progress bar per phase, for a terminal.</summary>
internal sealed class BarDisplay(IAnsiConsole console) : IPhaseDisplay
{
    private const int BarWidth = 20;

    // Redrawn only when the workload says so: a display on a timer of its own would be the load that idle must be free of.
    public Task ShowAsync(IReadOnlyList<WorkloadPhase> phases, Func<WorkloadPhase, Action<double>, Task<string>> run) =>
        console.Progress()
            .AutoRefresh(false)
            .Columns(
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                ProgressTask[] tasks = [.. phases.Select(phase =>
                    context.AddTask(Markup.Escape(phase.Name), autoStart: false, maxValue: 1))];
                for (int i = 0; i < phases.Count; i++)
                {
                    ProgressTask task = tasks[i];
                    task.StartTask();
                    context.Refresh();
                    string outcome = await run(phases[i], fraction =>
                    {
                        task.Value = fraction;
                        context.Refresh();
                    });
                    task.Value = 1;
                    task.Description = Markup.Escape($"{phases[i].Name}: {outcome}");
                    context.Refresh();
                }
            });
}
