namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Shows the phases while they run.</summary>
internal interface IPhaseDisplay
{
    /// <summary>
    /// Runs each phase in turn with a callback for its progress from 0 to 1; what a phase returns is shown behind it.
    /// </summary>
    Task ShowAsync(IReadOnlyList<WorkloadPhase> phases, Func<WorkloadPhase, Action<double>, Task<string>> run);
}
