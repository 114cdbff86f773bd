namespace GreenAI.Metering.Benchmarks;

/// <summary>The application: its requests arrive, begin scopes of a real meter, run on the simulated host, wait, and complete.</summary>
internal sealed class Workload
{
    private readonly Scenario _scenario;
    private readonly SimulatedHost _host;
    private readonly EnergyMeter _meter;
    private readonly ModelHandle[] _handles;
    private readonly Draw[] _durations;
    private readonly LinkedList<InferenceScope> _open = new();

    public Workload(Scenario scenario, SimulatedHost host, EnergyMeter meter, int seed)
    {
        (_scenario, _host, _meter) = (scenario, host, meter);
        _handles = [.. scenario.Models.Select(model => meter.Model(model.Name))];
        _durations = [.. scenario.Arrivals.Select((_, i) => new Draw(seed, DrawPurpose.Durations, i))];
        var pauses = new Pauses(scenario, seed);
        for (int i = 0; i < scenario.Arrivals.Count; i++)
        {
            var draw = new Draw(seed, DrawPurpose.Arrivals, i);
            new ArrivalStream(scenario.Arrivals[i], scenario.LeadInSeconds, pauses, host, Arrive, draw, i).Start();
        }

        for (int i = 0; i < scenario.Models.Count; i++) PlanChanges(i);
        PlanForeign(seed);
    }

    /// <summary>Requests that have begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Completes what is in flight now and stops the host.</summary>
    public void CompleteAll()
    {
        _host.StopAll();
        foreach (InferenceScope scope in _open) scope.Complete();
        _open.Clear();
    }

    // One inference of each model of the arrival, all of one duration; the last that ends is the end of the request.
    private void Arrive(int stream, Action done)
    {
        if (_host.Stopped) return;
        ArrivalPlan plan = _scenario.Arrivals[stream];
        ModelPlan first = _scenario.Models[plan.Models[0]];
        double duration = _durations[stream].Of(first.Distribution, first.DurationSeconds);
        int left = plan.Models.Count;
        foreach (int model in plan.Models)
        {
            Infer(model, duration, () =>
            {
                if (--left == 0) done();
            });
        }
    }

    // One that waits runs the first half of its work, waits, and runs the second half.
    private void Infer(int model, double duration, Action done)
    {
        ModelPlan plan = _scenario.Models[model];
        Begun++;
        LinkedListNode<InferenceScope> node = _open.AddLast(_meter.Begin(_handles[model]));
        if (plan.Waiting == 0)
        {
            _host.Run(model, duration, End);
            return;
        }

        double half = duration * (1 - plan.Waiting) / 2;
        _host.Run(model, half, () =>
        {
            if (plan.MarksWaiting) node.Value.Suspend();
            _host.Events.At(_host.Time.Now + SimulatedTime.Nanoseconds(duration * plan.Waiting), () =>
            {
                // The end of the simulation completes what waits.
                if (node.List is null) return;
                if (plan.MarksWaiting) node.Value.Resume();
                _host.Run(model, half, End);
            });
        });

        void End()
        {
            node.Value.Complete();
            _open.Remove(node);
            done();
        }
    }

    private void PlanChanges(int model)
    {
        foreach (Change change in _scenario.Models[model].Changes)
            _host.Events.At(AfterLeadIn(change.AtSeconds), () => _host.SetWatts(model, change.Watts));
    }

    private void PlanForeign(int seed)
    {
        for (int i = 0; i < _scenario.Foreign.Threads; i++)
        {
            var draw = new Draw(seed, DrawPurpose.Foreign, i);
            _host.Events.At(AfterLeadIn(0), () => Burn(draw));
        }
    }

    private void Burn(Draw draw)
    {
        _host.AddForeign(1);
        if (_scenario.Foreign.OffSeconds == 0) return;
        long rest = _host.Time.Now + SimulatedTime.Nanoseconds(draw.Exponential(_scenario.Foreign.OnSeconds));
        long next = rest + SimulatedTime.Nanoseconds(draw.Exponential(_scenario.Foreign.OffSeconds));
        _host.Events.At(rest, () => _host.AddForeign(-1));
        _host.Events.At(next, () => Burn(draw));
    }

    private long AfterLeadIn(double seconds) => SimulatedTime.Nanoseconds(_scenario.LeadInSeconds + seconds);
}
