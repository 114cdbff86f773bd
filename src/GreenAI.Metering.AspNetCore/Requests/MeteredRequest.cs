using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>A request that is metered, from its admission to its last byte. Kept for further requests.</summary>
/// <remarks>
/// A request is one generation of it: what a reference that was used in its time asks or sets later does not reach the next request, whichever
/// application that is of. Handlers come in through an <see cref="InferenceFeature"/>, which is made anew once one was used, and kept otherwise: a request whose handler does not look at it allocates nothing.
/// </remarks>
internal sealed partial class MeteredRequest
{
    private static readonly Func<object, Task> _onCompleted = static state =>
    {
        ((MeteredRequest)state).End();
        return Task.CompletedTask;
    };

    private static readonly Action<object?, CancellationToken> _onAborted = static (state, token) => ((MeteredRequest)state!).Leave(token);

    private readonly object _lock = new();
    private InferenceFeature? _feature;
    private NestedInferences? _nested;
    private RequestMetering? _metering;
    private HttpContext? _context;
    private IHttpResponseFeature? _response;
    private EndpointPlan? _plan;
    private Admission _admission;
    private TenantHandle _tenant;
    private InferenceScope _scope;
    private Task? _handler;
    private Exception? _thrown;
    private bool _hasSpan;
    private bool _isAnswered;
    private CancellationToken _aborted;
    private CancellationTokenRegistration _watch;
    private long _generation;
    private long? _units;
    private InferenceOutcome? _outcome;

    // A server that broke off without saying so: the inference ends when the request is collected.
    ~MeteredRequest() => Abandon();

    /// <summary>Begins the inference and puts the feature into the request.</summary>
    public void Start(RequestMetering metering, HttpContext context, IFeatureCollection features, IHttpResponseFeature response, EndpointPlan plan, TenantHandle tenant, in Admission admission)
    {
        _metering = metering;
        _plan = plan;
        // Both are cleared already, and each reference that is stored is told to the collector.
        if (tenant != default) _tenant = tenant;
        if (admission.State is not null) _admission = admission;
        _feature ??= new InferenceFeature(this, _generation);
        // What may fail comes first: then nothing has begun, and what is reserved can be given back.
        RequestFeatures.SetInference(features, _feature);
        response.OnCompleted(_onCompleted, this);
        _response = response;
        _hasSpan = RequestActivity.IsRecorded(metering.Spans);
        if (plan.Model is not null) _scope = metering.Meter.Begin(admission.DegradeTo is { } cheaper ? metering.Meter.Model(cheaper) : plan.Handle, admission);
        _context = context;
    }

    /// <summary>Runs the handler. Its task is not awaited here, which costs nothing; how it went is looked at when the response is complete.</summary>
    public Task Run(RequestDelegate next, HttpContext context, IFeatureCollection features)
    {
        // Taken before: a handler that has not ended when it is back here goes on elsewhere, and has the context for itself.
        CancellationToken aborted = RequestFeatures.Aborted(features);
        long generation = _generation;
        try
        {
            Task handler = next(context);
            // Where a middleware before has gone on without it, the request is over, and this may be another by now.
            if (_generation != generation) return handler;
            _handler = handler;
            // When the end is told is too late: the last byte has gone out, and a caller that leaves once it has its answer has not broken off.
            if (handler.IsCompleted) _isAnswered = !aborted.IsCancellationRequested;
            else Watch(aborted);
            return handler;
        }
        catch (Exception exception)
        {
            if (_generation == generation) _thrown = exception;
            throw;
        }
    }

    /// <summary>
    /// Runs the handler once more, where a middleware asks for it when the run before is over: the last one counts. What an error page or a status page runs is another endpoint's, and changes nothing.
    /// </summary>
    public Task RunAgain(RequestDelegate next, HttpContext context, EndpointPlan plan, long generation) => TryForgetRun(plan, generation) ? Run(next, context, context.Features) : next(context);

    /// <summary>The response is complete: the request ends.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_context is not { } context) return;
            InferenceOutcome outcome = _outcome ?? RequestOutcome.Of(context, _response!, _handler, _thrown, _isAnswered);
            _nested?.Abandon();
            if (_scope.IsTracked) _metering!.Finals?.Add(_scope.Id, context, _plan!, _tenant);
            long units = _units ?? (outcome == InferenceOutcome.Succeeded ? 1 : 0);
            if (_hasSpan) EndAndTag(context, outcome, units);
            else _scope.End(outcome, units);
            Clear();
        }

        MeteredRequestPool.Instance.Return(this);
    }

    /// <summary>The request did not come to begin, or never came to its end.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _nested?.Abandon();
            _scope.Dispose();
            _admission.Dispose();
            Clear();
        }
    }

    private string? ModelName => _admission.DegradeTo ?? _plan!.Model;

    private bool TryForgetRun(EndpointPlan plan, long generation)
    {
        lock (_lock)
        {
            bool isOver = _thrown is not null || _handler is { IsCompleted: true };
            if (!Lives(generation) || !ReferenceEquals(_plan, plan) || !isOver) return false;
            _nested?.Abandon();
            _scope.Resume();
            ForgetRun();
            return true;
        }
    }

    private void Watch(CancellationToken aborted)
    {
        _aborted = aborted;
        _watch = aborted.UnsafeRegister(_onAborted, this);
    }

    // The caller leaves; it has its answer if the handler is done. A handler that ends because of it is told earlier, by what it waits with, and either has ended the request by now or is not done yet.
    // Told late, this may be another request by then, whose token is another: one that is cancelled serves no further request.
    private void Leave(CancellationToken token)
    {
        lock (_lock)
        {
            if (token == _aborted && _handler is { IsCompleted: true }) _isAnswered = true;
        }
    }

    // On its own: a footprint is large, and room for one would be cleared for every request.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndAndTag(HttpContext context, InferenceOutcome outcome, long units)
    {
        InferenceFootprint own = _scope.Complete(outcome, units);
        RequestActivity.Tag(context, _metering!.Meter, ModelName, _nested?.AddTo(own) ?? own, _admission);
    }

    private void Clear()
    {
        _generation++;
        _metering = null;
        _context = null;
        _response = null;
        _plan = null;
        _admission = default;
        _tenant = default;
        _scope = default;
        ForgetRun();
        _nested?.Clear();
        if (_feature is { IsUsed: true }) _feature = null;
        else _feature?.Renew(_generation);
    }

    private void ForgetRun()
    {
        _handler = null;
        _thrown = null;
        _isAnswered = false;
        _aborted = default;
        // Not disposed of, which would wait for a callback that waits for us.
        _watch.Unregister();
        _watch = default;
        _units = null;
        _outcome = null;
    }
}
