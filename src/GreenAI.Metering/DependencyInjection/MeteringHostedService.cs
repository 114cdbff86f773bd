using GreenAI.Metering;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Starts the meter before any service of the host starts, and stops it after all have stopped.</summary>
/// <remarks>
/// Services that were registered before metering stop after it in turn, and may finish an inference while they do. At the very
/// end the last bills become final and observers are told.
/// </remarks>
internal sealed class MeteringHostedService(EnergyMeter meter) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
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
