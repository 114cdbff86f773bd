using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>A replay gives the bills of the live run bit for bit, for any schedule of anything that can happen.</summary>
public sealed class TraceScheduleTests
{
    private static readonly Gen<Step[]> _schedules = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, 1000], Gen.Int[0, 1000],
        (kind, a, b) => new Step(kind, a, b)).Array[1, 250];

    private enum StepKind
    {
        Begin, Begin2, Begin3, Complete, Complete2, CompleteOdd, Fail, Abandon, Suspend, Resume, Resume2, Changing,
        Pass, Pass2, Pass3, PassForeign, PassLong, Tick, Tick2, Tick3, Force, Settle, Break, Heal, Heal2, Reset, Share,
        Throw, Mend, ProcessorFails, ProcessorReturns, ProcessorOdd, Window,
    }

    [Fact]
    public void Replay_AnySchedule_GivesTheBillsAndBooksBitForBit() =>
        _schedules.Sample(Run, iter: 400, print: steps => string.Join(" ", steps));

    private static void Run(Step[] steps)
    {
        using TraceRig rig = new();
        var live = new List<InferenceScope>();
        foreach (Step step in steps) Take(rig, live, step);
        rig.AssertReplayed();
    }

    private static void Take(TraceRig rig, List<InferenceScope> live, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Begin or StepKind.Begin2 or StepKind.Begin3:
                live.Add(rig.Meter.Begin($"model-{step.A % 5}\ud800"));
                break;
            case StepKind.Complete or StepKind.Complete2:
                End(scope => scope.Complete());
                break;
            case StepKind.CompleteOdd:
                End(scope => scope.Complete((InferenceOutcome)(step.A % 5), step.B));
                break;
            case StepKind.Fail:
                End(scope => scope.Fail());
                break;
            case StepKind.Abandon:
                End(scope => scope.Dispose());
                break;
            case StepKind.Suspend when live.Count > 0:
                live[step.A % live.Count].Suspend();
                break;
            case StepKind.Resume or StepKind.Resume2 when live.Count > 0:
                live[step.A % live.Count].Resume();
                break;
            case StepKind.Changing when live.Count > 0:
                Change(rig, live[step.A % live.Count], step.B);
                break;
            case StepKind.Pass or StepKind.Pass2 or StepKind.Pass3:
                rig.Run(step.A * 100_003, step.B * 0.1);
                break;
            case StepKind.PassForeign:
                rig.Run(step.A * 100_003, step.B * 0.1, foreign: 1);
                break;
            case StepKind.PassLong:
                rig.Run(step.A * 10_000_001L, step.B * 0.05, foreign: 0.5);
                break;
            case StepKind.Tick or StepKind.Tick2 or StepKind.Tick3:
                rig.Meter.Engine.Tick();
                break;
            case StepKind.Force:
                rig.Meter.Engine.CloseNow(closeStandstill: false);
                break;
            case StepKind.Settle:
                _ = rig.Meter.SettleAsync(CancellationToken.None).AsTask();
                break;
            case StepKind.Break:
                rig.Counter(step.A).Fault = SampleFault.InputOutput;
                break;
            case StepKind.Heal or StepKind.Heal2:
                rig.Counter(step.A).Fault = SampleFault.None;
                break;
            case StepKind.Reset:
                rig.Counter(step.A).Value = 0;
                break;
            case StepKind.Share:
                rig.Counter(step.A).ProcessShare = step.B / 800f;
                break;
            case StepKind.Throw:
                rig.Source(step.A).Throws = new InvalidOperationException("A source of a test.");
                break;
            case StepKind.Mend:
                for (int i = 0; i < 3; i++) rig.Source(i).Throws = null;
                break;
            case StepKind.ProcessorFails or StepKind.ProcessorReturns:
                rig.Processor.Fails = step.Kind == StepKind.ProcessorFails;
                break;
            case StepKind.ProcessorOdd:
                rig.Processor.Busy += 1 / 3.0;
                break;
            case StepKind.Window:
                _ = rig.Meter.StartWindow("w").StopAsync();
                break;
            default:
                break;
        }

        void End(Action<InferenceScope> end)
        {
            if (live.Count == 0) return;
            end(live[step.B % live.Count]);
            live.RemoveAt(step.B % live.Count);
        }
    }

    // A close that comes while a request thread is between its first and last write.
    private static void Change(TraceRig rig, InferenceScope scope, int how)
    {
        int index = (int)(scope.Id & 0xF_FFFF);
        ref ScopeSlot slot = ref rig.Meter.Engine.Slots.Slot(index);
        Assert.True(ScopeClaim.TryTake(ref slot, scope.Id >>> 20, out long word));
        rig.Run(1_000_003, 20);
        rig.Meter.Engine.CloseNow(closeStandstill: how % 2 == 0);
        Volatile.Write(ref slot.Word, word);
    }

    private readonly record struct Step(StepKind Kind, int A, int B);
}
