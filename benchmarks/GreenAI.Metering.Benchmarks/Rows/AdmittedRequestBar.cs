using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A request of a tenant that is admitted with a reservation from three budgets; bills are settled between the blocks.</summary>
internal sealed class AdmittedRequestBar : RatioBar
{
    private readonly EnergyMeter _meter = BenchmarkMeter.Create(TimeProvider.System, policy: Budgeted.Policy);
    private readonly AdmittedPart _part;
    private readonly AdmissionRequest _request;
    private readonly MeterListener? _listener;
    private long _sink;

    /// <param name="name">The row's name.</param>
    /// <param name="limit">The bar.</param>
    /// <param name="part">What of the request is judged.</param>
    public AdmittedRequestBar(string name, double limit, AdmittedPart part)
        : base(name, limit)
    {
        _part = part;
        _request = new AdmissionRequest(_meter.Model(Budgeted.Model)) { Tenant = _meter.Tenant("tenant") };
        if (part == AdmittedPart.Request) _listener = BenchmarkListener.Start(() => _sink++);
    }

    /// <inheritdoc />
    protected override int MaxBlock => 4096;

    /// <inheritdoc />
    protected override Action<int>? Included => _part == AdmittedPart.Admission ? Bare : null;

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        if (_part == AdmittedPart.GivenBack) GiveBack(operations);
        else Admitted(operations);
    }

    /// <inheritdoc />
    public override void Floor(int operations) => ClockFloor.Run(operations);

    /// <inheritdoc />
    public override void Dispose()
    {
        _listener?.Dispose();
        if (_meter.GetTotals().DroppedScopes > 0) throw new InvalidOperationException("A dropped scope costs less than a tracked one.");
        Admission last = _meter.TryAdmit(_request);
        if (!last.HoldsReservation) throw new InvalidOperationException("An admission without a reservation costs less than one with it.");
        last.Dispose();
        _meter.Dispose();
    }

    /// <inheritdoc />
    protected override void After() => _meter.Engine.CloseNow(closeStandstill: true);

    private void Admitted(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++)
        {
            Admission admission = _meter.TryAdmit(_request);
            if (!admission.MayRun) throw new InvalidOperationException(admission.Reason);
            InferenceScope scope = _meter.Begin(_request.Model, admission);
            sum += scope.Complete().Units;
        }

        _sink = sum;
    }

    private void Bare(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++)
        {
            InferenceScope scope = _meter.Begin(_request.Model);
            sum += scope.Complete().Units;
        }

        _sink = sum;
    }

    private void GiveBack(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            using Admission admission = _meter.TryAdmit(_request);
        }
    }
}
