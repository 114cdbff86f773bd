namespace GreenAI.Metering.Benchmarks;

/// <summary>Runs a scenario once: the real engine on simulated hardware, in simulated time, on one thread. The same seed gives the same result.</summary>
internal sealed class ScenarioRun
{
    // Right after the sampler's tick, which is up to 1 ms late: the books are then as of now.
    private const double CheckpointOffset = 0.002;
    private const double CheckpointSeconds = 1;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Scenario _scenario;
    private readonly SimulatedHost _host;
    private readonly EnergyMeter _meter;
    private readonly Workload _workload;
    private readonly List<Checkpoint> _checkpoints = [];
    private long _conservation;

    private ScenarioRun(Scenario scenario, SimulatedHost host, EnergyMeter meter, int seed)
    {
        (_scenario, _host, _meter) = (scenario, host, meter);
        meter.Start();
        _workload = new Workload(scenario, host, meter, seed);
    }

    /// <summary>Runs it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">Decides everything random.</param>
    /// <param name="learn">False: equal time shares.</param>
    public static RunResult Execute(Scenario scenario, int seed, bool learn)
    {
        var host = new SimulatedHost(scenario, $"simulation:{scenario.Name}:{seed}:{learn}", seed);
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment
        {
            TimeProvider = host.Time,
            Sources = [host.Counter],
            ProcessorTimes = host.ProcessorTimes,
            LearnPower = learn,
        });
        return new ScenarioRun(scenario, host, meter, seed).Execute();
    }

    private RunResult Execute()
    {
        for (double at = CheckpointSeconds + CheckpointOffset; at < _scenario.TotalSeconds; at += CheckpointSeconds)
        {
            _host.RunUntil(at);
            TakeCheckpoint();
        }

        _host.RunUntil(_scenario.TotalSeconds);
        double[] truth = [.. _host.Truth.Joules];
        _workload.CompleteAll();
        EnergyTotals totals = Settle();
        Check(totals);
        return new RunResult
        {
            Models = [.. totals.Models.Select((model, i) =>
                new ModelResult(model.Name, truth[i], model.Energy.Joules, model.Uncertainty, LearnedPower.Of(_meter.Engine, i)))],
            ConservationMicrojoules = _conservation,
            Requests = _workload.Begun,
            RequestsLost = _workload.Begun - totals.Models.Sum(static model => model.Inferences) + totals.DroppedScopes,
            RelearnSeconds = Relearning.Seconds(_scenario, _checkpoints),
        };
    }

    // A counter of milliseconds settles at once. A slow one must move first, which takes a few of its periods; the books are taken then, at
    // the same simulated time in every run.
    private EnergyTotals Settle()
    {
        Task<EnergyTotals> settling = _meter.SettleAsync().AsTask();
        if (settling.IsCompleted) return settling.GetAwaiter().GetResult();
        _host.RunUntil(_scenario.TotalSeconds + Math.Max(0.5, 4 * _scenario.Counter.PeriodSeconds));
        if (!settling.Wait(_patience)) throw new TimeoutException($"{_scenario.Name}: the counter moved, but the meter did not settle.");
        return _meter.GetTotals();
    }

    private void TakeCheckpoint()
    {
        EnergyTotals totals = _meter.GetTotals();
        Check(totals);
        _checkpoints.Add(new Checkpoint(
            _host.Time.NowSeconds,
            [.. totals.Models.Select(static model => model.Energy.Joules)],
            [.. _host.Truth.Joules],
            [.. _host.Truth.BusySeconds],
            [.. totals.Models.Select((_, i) => LearnedPower.Of(_meter.Engine, i))]));
    }

    // Every microjoule is in one bucket; the models hold what the device's books say; and the sum is what the counter rose.
    private void Check(EnergyTotals totals)
    {
        long models = totals.Models.Sum(static model => model.Energy.Microjoules);
        long owned = (totals.Settled + totals.Open + totals.Late).Microjoules;
        long buckets = models + (totals.Idle + totals.Unattributed + totals.Other).Microjoules;
        long[] differences =
        [
            totals.Unaccounted.Microjoules,
            owned - models,
            totals.Total.Microjoules - buckets,
            totals.Total.Microjoules - _host.Counter.Rise,
        ];
        _conservation = Math.Max(_conservation, differences.Max(Math.Abs));
    }
}
