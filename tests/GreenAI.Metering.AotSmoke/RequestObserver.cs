using System.Collections.Concurrent;

namespace GreenAI.Metering.AotSmoke;

internal sealed class RequestObserver : IRequestObserver
{
    public ConcurrentQueue<string> Told { get; } = new();

    public void OnFinal(in RequestFootprint footprint) => Told.Enqueue($"{footprint.Model} {footprint.Route} {footprint.Tenant}");
}
