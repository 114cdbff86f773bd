using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>A10: the identity of the books, for any schedule of anything that can happen, to the microjoule.</summary>
public sealed class ConservationTests
{
    private static readonly Gen<Step[]> _schedules = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, 1000], Gen.Int[0, 1000],
        (kind, a, b) => new Step(kind, a, b)).Array[1, 250];

    private enum StepKind
    {
        Begin, Begin2, Begin3, Complete, Complete2, CompleteTwice, Fail, Abandon, Suspend, Resume, CompleteDefault,
        Pass, Pass2, Pass3, PassForeign, PassLong, Tick, Tick2, Tick3, Force, Settle, Break, Heal, Reset, Share, Window,
    }

    [Fact]
    public void A10_AnySchedule_BooksBalanceAndBillsAddUp() => _schedules.Sample(Run, iter: 600, print: steps => string.Join(" ", steps));

    private static void Run(Step[] steps)
    {
        var options = new GreenAIMeteringOptions { MaxScopes = 4096, SamplingInterval = TimeSpan.FromMilliseconds(20) };
        using MeterRig rig = new(
            options,
            FakePowerSource.Cpu("fake:plain"),
            FakePowerSource.Cpu("fake:wraps", range: 20_000_000, idle: Power.FromWatts(7)),
            FakePowerSource.Cpu("fake:slow", updateMs: 300, shared: false),
            FakePowerSource.Cpu("fake:never-fails", shared: false));
        var live = new List<InferenceScope>();
        var ended = new List<InferenceScope>();
        var windows = new List<EnergyWindow>();
        long begun = 0, added = 0;
        foreach (Step step in steps)
        {
            switch (step.Kind)
            {
                case StepKind.Begin or StepKind.Begin2 or StepKind.Begin3:
                    live.Add(rig.Meter.Begin($"model-{step.A % 5}"));
                    begun++;
                    break;
                case StepKind.Complete or StepKind.Complete2:
                    End(scope => scope.Complete(units: step.B));
                    break;
                case StepKind.Fail:
                    End(scope => scope.Fail());
                    break;
                case StepKind.Abandon:
                    End(scope => scope.Dispose());
                    break;
                case StepKind.CompleteTwice when ended.Count > 0:
                    Assert.Equal(FootprintStage.None, ended[step.A % ended.Count].Complete().Stage);
                    ended[step.A % ended.Count].Suspend();
                    ended[step.A % ended.Count].Resume();
                    ended[step.A % ended.Count].Dispose();
                    break;
                case StepKind.CompleteDefault:
                    Assert.Equal(FootprintStage.None, default(InferenceScope).Complete().Stage);
                    break;
                case StepKind.Suspend when live.Count > 0:
                    live[step.A % live.Count].Suspend();
                    break;
                case StepKind.Resume when live.Count > 0:
                    live[step.A % live.Count].Resume();
                    break;
                case StepKind.Pass or StepKind.Pass2 or StepKind.Pass3:
                    Pass(step.A * 1e-4, step.B * 0.1, 0);
                    break;
                case StepKind.PassForeign:
                    Pass(step.A * 1e-4, step.B * 0.1, 1);
                    break;
                case StepKind.PassLong:
                    Pass(step.A * 0.01, step.B * 0.05, 0.5);
                    break;
                case StepKind.Tick or StepKind.Tick2 or StepKind.Tick3:
                    rig.Meter.Engine.Tick();
                    break;
                case StepKind.Force:
                    rig.Meter.Engine.CloseNow(closeStandstill: false);
                    break;
                case StepKind.Settle:
                    rig.Settle();
                    break;
                case StepKind.Break:
                    rig.Source[step.A % 3].Fault = SampleFault.InputOutput;
                    break;
                case StepKind.Heal:
                    rig.Source[step.A % 3].Fault = SampleFault.None;
                    break;
                case StepKind.Reset:
                    rig.Source[step.A % 3].Value = 0;
                    break;
                case StepKind.Share:
                    rig.Source[2 + (step.A % 2)].ProcessShare = step.B / 800f;
                    break;
                case StepKind.Window:
                    windows.Add(rig.Meter.StartWindow("w"));
                    break;
                default:
                    break;
            }

            Books.AssertBalanced(rig.Meter.GetTotals());
        }

        foreach (InferenceScope scope in live) scope.Complete();
        foreach (EnergyWindow window in windows) Assert.True(window.StopAsync().IsCompleted);
        rig.Settle();
        // Bills that wait for a broken device are closed without it after two seconds.
        Pass(2.5, 1, 0);
        EnergyTotals totals = rig.Settle();
        rig.Meter.Engine.Tick();

        Assert.Equal(added, totals.Devices[3].Total.Microjoules);
        Assert.Equal(0, totals.OpenScopes);
        Assert.Equal(Energy.Zero, totals.Open);
        Assert.Equal(begun, totals.Models.Sum(model => model.Inferences));
        SlotAssert.NoneLeaked(rig.Meter.Engine.Slots);
        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        Assert.Equal(begun, finals.Count);
        Assert.Equal(begun, finals.Select(final => final.ScopeId).Distinct().Count());
        Assert.Equal(totals.Settled.Microjoules, finals.Sum(final => final.MarginalMicrojoules));

        void End(Action<InferenceScope> end)
        {
            if (live.Count == 0) return;
            end(live[0]);
            ended.Add(live[0]);
            live.RemoveAt(0);
        }

        void Pass(double seconds, double watts, double foreign)
        {
            long before = rig.Source[3].Value;
            rig.Run(seconds, watts, 1, foreign);
            added += rig.Source[3].Value - before;
        }
    }

    private readonly record struct Step(StepKind Kind, int A, int B);
}
