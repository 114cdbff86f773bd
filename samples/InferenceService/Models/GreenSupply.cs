namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Says how much green power is contracted for the machine, for Renewable Matching: what was supplied since the last time, every few seconds.</summary>
internal sealed class GreenSupply(EnergyMeter meter, IConfiguration configuration, TimeProvider timeProvider) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing stated is not zero: the indicator is undefined then.
        if (configuration.GetValue<double?>("GreenSupplyWatts") is not { } watts) return;
        using var timer = new PeriodicTimer(_interval, timeProvider);
        DateTimeOffset from = timeProvider.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            DateTimeOffset to = timeProvider.GetUtcNow();
            // A clock that was set back: these seconds are told with the next ones.
            if (to <= from) continue;
            meter.Kpis.RecordRenewable(Power.FromWatts(watts) * (to - from), from, to);
            from = to;
        }
    }
}
