namespace GreenAI.Metering.Benchmarks;

/// <summary>True idle power: it drifts evenly, walks at random in steps of 100 ms, and jumps. Never below 0.</summary>
internal sealed class IdlePower
{
    private const double WalkSeconds = 0.1;

    private readonly IdlePlan _plan;
    private readonly EventQueue _events;
    private readonly SimulatedTime _time;
    private readonly Draw _walk;
    private double _offset;

    public IdlePower(Scenario scenario, EventQueue events, SimulatedTime time, int seed)
    {
        (_plan, _events, _time) = (scenario.Idle, events, time);
        _walk = new Draw(seed, DrawPurpose.IdleWalk);
        if (_plan.WalkWattsPerRootMinute > 0) Walk();
        foreach (Change step in _plan.Steps)
            events.At(SimulatedTime.Nanoseconds(scenario.LeadInSeconds + step.AtSeconds), () => _offset += step.Watts);
    }

    /// <summary>Watts at a time, as far as is known of it now.</summary>
    public double Watts(long time) =>
        Math.Max(0, _plan.Watts + _offset + (_plan.DriftWattsPerMinute / 60 * time / SimulatedTime.Second));

    private void Walk()
    {
        _offset += _plan.WalkWattsPerRootMinute * Math.Sqrt(WalkSeconds / 60) * _walk.Normal();
        _events.At(_time.Now + SimulatedTime.Nanoseconds(WalkSeconds), Walk);
    }
}
