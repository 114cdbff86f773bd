using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GreenAI.Metering.AotSmoke;

/// <summary>Starts and stops the hosted services of a container in the order of the generic host, which is not referenced.</summary>
internal sealed class HostLifetime(IServiceProvider services)
{
    private readonly IHostedService[] _services = [.. services.GetServices<IHostedService>()];

    private IEnumerable<IHostedLifecycleService> Lifecycles => _services.OfType<IHostedLifecycleService>();

    public async Task StartAsync()
    {
        foreach (IHostedLifecycleService service in Lifecycles) await service.StartingAsync(CancellationToken.None);
        foreach (IHostedService service in _services) await service.StartAsync(CancellationToken.None);
        foreach (IHostedLifecycleService service in Lifecycles) await service.StartedAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        foreach (IHostedLifecycleService service in Lifecycles) await service.StoppingAsync(CancellationToken.None);
        foreach (IHostedService service in _services) await service.StopAsync(CancellationToken.None);
        foreach (IHostedLifecycleService service in Lifecycles) await service.StoppedAsync(CancellationToken.None);
    }
}
