using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Each bill is what the overlaps of active time say, computed here from the schedule and not by the library.</summary>
public sealed class OverlapModelTests
{
    private const int Devices = 3;

    private static readonly Gen<Step[]> _schedules = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, 1000], Gen.Int[0, 1000],
        (kind, a, b) => new Step(kind, a, b)).Array[1, 120];

    private enum StepKind
    {
        Begin, Begin2, Complete, Suspend, Resume, Pass, Pass2, Pass3, Tick, Tick2, Force, Break, Heal, Heal2,
    }

    [Fact]
    public void Bills_AnySchedule_AreWhatTheOverlapsSay() => _schedules.Sample(Run, iter: 1500, print: steps => string.Join(" ", steps));

    private static void Run(Step[] steps)
    {
        using MeterRig rig = new(new GreenAIMeteringOptions(), learnPower: false, [.. Enumerable.Range(0, Devices).Select(i =>
            FakePowerSource.Cpu($"overlap:{i}", idle: Power.Zero, shared: false, updateMs: 0))]);
        var runs = new List<Life>();
        var intervals = new List<Interval>();
        long[] boundaries = new long[Devices], totals = new long[Devices];
        for (int i = 0; i < Devices; i++) boundaries[i] = rig.Meter.Engine.Devices[i].Books.Boundary;
        foreach (Step step in steps) Take(step);
        for (int i = 0; i < Devices; i++) rig.Source[i].Fault = SampleFault.None;
        foreach (Life life in runs.Where(life => !life.Ended)) Complete(life);
        rig.Run(0.01, 10);
        Close(() => rig.Meter.Engine.CloseNow(closeStandstill: false));

        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        foreach (Life life in runs)
        {
            double expected = 0;
            foreach (Interval interval in intervals)
            {
                long all = runs.Sum(other => other.Overlap(interval));
                if (all > 0) expected += interval.Microjoules * (double)life.Overlap(interval) / all;
            }

            InferenceFootprint final = finals.Single(footprint => footprint.ScopeId == life.Scope.Id);
            Assert.Equal(expected, final.MarginalMicrojoules, (double)intervals.Count + 2);
        }

        void Take(Step step)
        {
            Life[] live = [.. runs.Where(life => !life.Ended)];
            switch (step.Kind)
            {
                case StepKind.Begin or StepKind.Begin2:
                    runs.Add(new Life(rig.Meter.Begin($"model-{step.A % 3}"), Now()));
                    break;
                case StepKind.Complete when live.Length > 0:
                    Complete(live[step.A % live.Length]);
                    break;
                case StepKind.Suspend when live.Length > 0:
                    live[step.A % live.Length].Scope.Suspend();
                    live[step.A % live.Length].Pause(Now());
                    break;
                case StepKind.Resume when live.Length > 0:
                    live[step.A % live.Length].Scope.Resume();
                    live[step.A % live.Length].Go(Now());
                    break;
                case StepKind.Pass or StepKind.Pass2 or StepKind.Pass3:
                    rig.Run(step.A * 1e-5, step.B);
                    break;
                case StepKind.Tick or StepKind.Tick2:
                    rig.Run(0.1, step.B);
                    Close(rig.Meter.Engine.Tick);
                    break;
                case StepKind.Force:
                    Close(() => rig.Meter.Engine.CloseNow(closeStandstill: false));
                    break;
                case StepKind.Break:
                    rig.Source[step.A % Devices].Fault = SampleFault.InputOutput;
                    break;
                case StepKind.Heal or StepKind.Heal2:
                    rig.Source[step.A % Devices].Fault = SampleFault.None;
                    break;
                default:
                    break;
            }

            // Bills of a device that is away for two seconds are closed without it: another test's matter.
            if (Enumerable.Range(0, Devices).Any(i => Now() - boundaries[i] > TimeSpan.TicksPerSecond))
            {
                for (int i = 0; i < Devices; i++) rig.Source[i].Fault = SampleFault.None;
                Close(() => rig.Meter.Engine.CloseNow(closeStandstill: false));
            }
        }

        void Complete(Life life)
        {
            life.Scope.Complete();
            life.End(Now());
        }

        void Close(Action close)
        {
            close();
            for (int i = 0; i < Devices; i++)
            {
                DeviceBooks books = rig.Meter.Engine.Devices[i].Books;
                if (books.Boundary == boundaries[i]) continue;
                intervals.Add(new Interval(boundaries[i], books.Boundary, books.Total - totals[i]));
                (boundaries[i], totals[i]) = (books.Boundary, books.Total);
            }
        }

        long Now() => rig.Time.GetTimestamp();
    }

    private readonly record struct Step(StepKind Kind, int A, int B);

    private readonly record struct Interval(long From, long Until, long Microjoules);

    private sealed class Life(InferenceScope scope, long start)
    {
        private readonly List<(long From, long Until)> _segments = [];
        private long? _running = start;

        public InferenceScope Scope => scope;

        public bool Ended { get; private set; }

        public void Pause(long now)
        {
            if (_running is { } from) _segments.Add((from, now));
            _running = null;
        }

        public void Go(long now) => _running ??= now;

        public void End(long now)
        {
            Pause(now);
            Ended = true;
        }

        public long Overlap(Interval interval) =>
            _segments.Sum(segment => Math.Max(0, Math.Min(segment.Until, interval.Until) - Math.Max(segment.From, interval.From)));
    }
}
