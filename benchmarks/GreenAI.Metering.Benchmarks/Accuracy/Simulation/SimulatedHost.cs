namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// A host whose true energies are known: it runs inferences, moves its counter, its processor times and simulated time from event to event.
/// </summary>
/// <remarks>
/// Between two events all power is constant but for idle drift, so every integral is exact. Work progresses at the same rate for all that run:
/// an inference ends when the host's progress has grown by its work. One thread.
/// </remarks>
internal sealed class SimulatedHost
{
    private readonly PowerModel _power;
    private readonly IdlePower _idle;
    private readonly double[] _split;
    private readonly double[] _watts;
    private readonly int[] _running;
    private readonly PriorityQueue<(int Model, Action Done), (double Progress, long Order)> _ends = new();
    private PowerState _state;
    private double _progress;
    private double _joules;
    private double _foreignCores;
    private long _order;
    private bool _changed = true;

    public SimulatedHost(Scenario scenario, string deviceId, int seed)
    {
        Events = new EventQueue();
        Time = new SimulatedTime(Events, seed);
        Counter = new SimulatedCounter(deviceId, scenario.Counter, scenario.Idle.Watts, Time, seed);
        ProcessorTimes = new SimulatedProcessorTimes(scenario.Host.Cores);
        Truth = new Truth(scenario.Models.Count);
        _power = new PowerModel(scenario.Host, scenario.Foreign);
        _idle = new IdlePower(scenario, Events, Time, seed);
        _watts = [.. scenario.Models.Select(static model => model.Watts)];
        _running = new int[_watts.Length];
        _split = new double[_watts.Length];
    }

    public EventQueue Events { get; }

    public SimulatedTime Time { get; }

    public SimulatedCounter Counter { get; }

    public SimulatedProcessorTimes ProcessorTimes { get; }

    public Truth Truth { get; }

    /// <summary>Whether nothing runs any more.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Runs an inference, or a part of one, until its work is done.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="work">Seconds it takes alone on the host.</param>
    /// <param name="done">What happens then.</param>
    public void Run(int model, double work, Action done)
    {
        if (Stopped) return;
        _running[model]++;
        _changed = true;
        _ends.Enqueue((model, done), (_progress + work, _order++));
    }

    public void SetWatts(int model, double watts)
    {
        _watts[model] = watts;
        _changed = true;
    }

    public void AddForeign(int cores)
    {
        if (Stopped) return;
        _foreignCores += cores;
        _changed = true;
    }

    /// <summary>Ends whatever runs, without its work done: from now on nothing does.</summary>
    public void StopAll()
    {
        Stopped = true;
        _ends.Clear();
        Array.Clear(_running);
        _foreignCores = 0;
        _changed = true;
    }

    /// <summary>Lets time pass, and everything happen that is due by then.</summary>
    public void RunUntil(double seconds)
    {
        long until = SimulatedTime.Nanoseconds(seconds);
        while (true)
        {
            Evaluate();
            long end = NextEnd();
            long next = Math.Min(Events.NextTime, end);
            if (next > until) break;
            Advance(next);
            if (next == end) End();
            else Events.Take()();
        }

        Advance(until);
    }

    private void Evaluate()
    {
        if (!_changed) return;
        _changed = false;
        _state = _power.Evaluate(_running, _watts, _foreignCores, _split);
    }

    // Rounded up to whole nanoseconds: at that time the progress is there.
    private long NextEnd()
    {
        if (!_ends.TryPeek(out _, out (double Progress, long Order) first)) return long.MaxValue;
        double seconds = Math.Max(0, first.Progress - _progress) / _state.Progress;
        return Time.Now + (long)Math.Ceiling(seconds * SimulatedTime.Second);
    }

    private void End()
    {
        (int model, Action done) = _ends.Dequeue();
        _running[model]--;
        _changed = true;
        done();
    }

    private void Advance(long until)
    {
        long from = Time.Now;
        if (until <= from) return;
        double seconds = (until - from) / (double)SimulatedTime.Second;
        double dynamic = _state.OwnWatts + _state.ForeignWatts;
        double begin = _idle.Watts(from) + dynamic;
        double end = _idle.Watts(until) + dynamic;
        Counter.Advance(from, until, _joules, begin, end);
        _joules += (begin + end) / 2 * seconds;
        _progress += _state.Progress * seconds;
        ProcessorTimes.Add(_state.OwnProcessors * seconds, _state.ForeignProcessors * seconds);
        Truth.Add(_split, _running, _state.ForeignWatts, seconds);
        Time.MoveTo(until);
    }
}
