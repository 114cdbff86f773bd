using GreenAI.Metering;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Starts the meter with the host; at its stop the last bills become final and observers are told.</summary>
internal sealed class MeteringHostedService(EnergyMeter meter) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Slow counters get the time to move that a settlement gives them, unless the host is in a hurry.
        try
        {
            await meter.SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's shutdown time is over: what is known now is billed below.
        }

        await meter.DisposeAsync().ConfigureAwait(false);
    }
}
