namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What a model draws and what one inference of it costs, its share of idle included, measured just now.</summary>
internal readonly record struct ModelPower(Power Power, Energy Inference)
{
    /// <summary>Runs it on one thread for a while; null where no energy was seen.</summary>
    public static async Task<ModelPower?> MeasureAsync(EnergyMeter meter, WorkloadModel model, Workload workload, TimeSpan duration, TimeProvider time)
    {
        ModelTotals? before = (await meter.SettleAsync()).Model(model.Name);
        long start = time.GetTimestamp();
        await workload.RunAsync([new WorkloadPhase(model.Name, duration, [model])], new SilentDisplay());
        TimeSpan elapsed = time.GetElapsedTime(start);
        ModelTotals? after = (await meter.SettleAsync()).Model(model.Name);
        double joules = (after?.EnergyWithIdle.Joules ?? 0) - (before?.EnergyWithIdle.Joules ?? 0);
        long inferences = (after?.Inferences ?? 0) - (before?.Inferences ?? 0);
        return joules > 0 && inferences > 0
            ? new ModelPower(Power.FromWatts(joules / elapsed.TotalSeconds), Energy.FromJoules(joules / inferences))
            : null;
    }

    private sealed class SilentDisplay : IPhaseDisplay
    {
        public async Task ShowAsync(IReadOnlyList<WorkloadPhase> phases, Func<WorkloadPhase, Action<double>, Task<string>> run)
        {
            foreach (WorkloadPhase phase in phases) await run(phase, static _ => { });
        }
    }
}
