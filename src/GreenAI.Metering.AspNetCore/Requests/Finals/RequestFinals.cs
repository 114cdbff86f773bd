using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering;

/// <summary>Links final bills with the requests they are of, and hands them to observers and to the metrics by route.</summary>
internal sealed class RequestFinals : IInferenceObserver
{
    // At 100,000 inferences a second and a bill after 100 ms.
    private const int Capacity = 16_384;

    private readonly PendingRequests _pending = new(Capacity);
    private readonly IRequestObserver[] _observers;
    private readonly bool[] _hasThrown;
    private readonly RouteMetrics _metrics;
    private readonly ILogger _logger;

    public RequestFinals(IEnumerable<IRequestObserver> observers, IMeterFactory? meterFactory = null, ILoggerFactory? loggerFactory = null)
    {
        _observers = [.. observers];
        _hasThrown = new bool[_observers.Length];
        _metrics = new RouteMetrics(meterFactory, () => _pending.Overflow);
        _logger = loggerFactory?.CreateLogger("GreenAI.Metering.AspNetCore") ?? NullLogger.Instance;
    }

    private bool IsWanted => _observers.Length > 0 || _metrics.IsEnabled;

    /// <summary>Notes to which request an inference belongs.</summary>
    public void Add(long scopeId, HttpContext context, EndpointPlan plan, TenantHandle tenant)
    {
        if (!IsWanted) return;
        if (_observers.Length > 0 && RequestActivity.Of(context) is { } activity) _pending.Add(scopeId, plan, tenant, activity.TraceId, activity.SpanId);
        else _pending.Add(scopeId, plan, tenant, default, default);
    }

    void IInferenceObserver.OnFinal(in InferenceFootprint footprint)
    {
        // Inferences that are of no request are none of ours.
        if (!_pending.TryTake(footprint.ScopeId, out PendingRequest request)) return;
        string? route = request.Plan?.Route;
        _metrics.Record(footprint, route);
        if (_observers.Length == 0) return;
        var told = new RequestFootprint(footprint, route, request.Tenant, request.TraceId, request.SpanId);
        for (int i = 0; i < _observers.Length; i++) Tell(i, told);
    }

    private void Tell(int index, in RequestFootprint footprint)
    {
        try
        {
            _observers[index].OnFinal(footprint);
        }
        catch (Exception exception)
        {
            // The application's code: the others are to be told all the same.
            if (_hasThrown[index]) return;
            _hasThrown[index] = true;
            Log.ObserverThrew(_logger, _observers[index].GetType().Name, exception);
        }
    }
}
