namespace GreenAI.Metering.Benchmarks;

/// <summary>The host between two events.</summary>
/// <param name="OwnWatts">True dynamic power of our inferences.</param>
/// <param name="ForeignWatts">True dynamic power of other processes.</param>
/// <param name="Progress">Seconds of work a running inference gets done in a second.</param>
/// <param name="OwnProcessors">Processor seconds a second that we use.</param>
/// <param name="ForeignProcessors">Processor seconds a second that others use.</param>
internal readonly record struct PowerState(
    double OwnWatts, double ForeignWatts, double Progress, double OwnProcessors, double ForeignProcessors);
