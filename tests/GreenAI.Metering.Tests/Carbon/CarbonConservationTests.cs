using CsCheck;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>The identity of the books of grams, for any schedule of anything that can happen, against a reckoning of its own.</summary>
public sealed class CarbonConservationTests
{
    private const double Pue = 1.2;
    private const double FallbackGrams = 700;
    private static readonly TimeSpan _hold = TimeSpan.FromMinutes(15);

    private static readonly Gen<Step[]> _schedules = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, 1000], Gen.Int[0, 1000],
        (kind, a, b) => new Step(kind, a, b)).Array[1, 150];

    private enum StepKind
    {
        Begin, Begin2, Begin3, Complete, Complete2, Suspend, Resume, Pass, Pass2, Pass3, PassForeign, PassMinutes, PassHours,
        Tick, Tick2, Settle, Settle2, Break, Heal, Reset, Tell, Tell2, TellPast, TellAhead, Refuse,
    }

    [Fact]
    public void AnySchedule_GramsBalance_AndEachBucketIsWhatItsIntervalsEmit() =>
        _schedules.Sample(Run, iter: 300, print: steps => string.Join(" ", steps));

    private static void Run(Step[] steps)
    {
        CarbonIntensityAnswer answer = CarbonRigs.Down;
        GreenAIMeteringOptions options = CarbonRigs.Constant(FallbackGrams, Pue);
        options.Carbon.HoldFor = _hold;
        options.Carbon.Embodied["server"] = new EmbodiedOptions { KilogramsCO2e = 1234.5, LifespanYears = 4, Devices = "cpu" };
        options.Carbon.Embodied["boards"] = new EmbodiedOptions { KilogramsCO2e = 164, LifespanYears = 3, Count = 3, Share = 0.7 };
        options.Models["board-only"] = new ModelOptions { Devices = ["gpu"] };
        using MeterRig rig = new(
            options,
            CarbonRigs.Provider(() => answer),
            FakePowerSource.Cpu("fake:plain"),
            FakePowerSource.Cpu("fake:wraps", range: 20_000_000, idle: Power.FromWatts(7)),
            CarbonRigs.Gpu("fake:board", updateMs: 300),
            FakePowerSource.Cpu("fake:good", shared: false));
        var oracle = new Oracle(rig);
        var live = new List<InferenceScope>();
        CarbonTotals before = rig.Meter.GetTotals().Carbon;
        foreach (Step step in steps)
        {
            DateTimeOffset now = rig.Time.GetUtcNow();
            switch (step.Kind)
            {
                case StepKind.Begin or StepKind.Begin2 or StepKind.Begin3:
                    live.Add(rig.Meter.Begin(step.A % 4 == 0 ? "board-only" : $"model-{step.A % 4}"));
                    break;
                case StepKind.Complete or StepKind.Complete2 when live.Count > 0:
                    live[0].Complete();
                    live.RemoveAt(0);
                    break;
                case StepKind.Suspend when live.Count > 0:
                    live[step.A % live.Count].Suspend();
                    break;
                case StepKind.Resume when live.Count > 0:
                    live[step.A % live.Count].Resume();
                    break;
                case StepKind.Pass or StepKind.Pass2 or StepKind.Pass3:
                    rig.Run(step.A * 1e-3, step.B * 0.1);
                    break;
                case StepKind.PassForeign:
                    rig.Run(step.A * 1e-3, step.B * 0.1, 1, 1);
                    break;
                case StepKind.PassMinutes:
                    rig.Run(step.A, 1 + (step.B * 0.01));
                    break;
                case StepKind.PassHours:
                    rig.Run(step.A * 4, 1 + (step.B * 0.001));
                    break;
                case StepKind.Tick or StepKind.Tick2:
                    oracle.Around(rig.Meter.Engine.Tick);
                    break;
                case StepKind.Settle or StepKind.Settle2:
                    oracle.Around(() => rig.Settle());
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
                case StepKind.Tell or StepKind.Tell2:
                    answer = oracle.Tell(now.AddMinutes(-(step.A % 30)), TimeSpan.FromMinutes(31 + (step.A % 60)), step.B);
                    rig.AskCarbon();
                    break;
                case StepKind.TellPast:
                    answer = oracle.Tell(now.AddHours(-1), TimeSpan.FromHours(1.01), step.B);
                    rig.AskCarbon();
                    break;
                case StepKind.TellAhead:
                    answer = oracle.Tell(now, TimeSpan.FromHours(1), step.B, step.A);
                    rig.AskCarbon();
                    break;
                case StepKind.Refuse:
                    answer = CarbonRigs.Down;
                    rig.AskCarbon();
                    break;
                default:
                    break;
            }

            CarbonTotals after = rig.Meter.GetTotals().Carbon;
            AssertBalanced(after);
            AssertNeverFalls(before, after);
            before = after;
        }

        foreach (InferenceScope scope in live) scope.Complete();
        for (int device = 0; device < 3; device++) rig.Source[device].Fault = SampleFault.None;
        rig.Run(2.5, 3);
        oracle.Around(() => rig.Settle());
        oracle.AssertAgrees(rig.Settle());
    }

    private static void AssertBalanced(CarbonTotals totals)
    {
        Assert.Equal(CarbonMass.Zero, totals.Unaccounted);
        Assert.Equal(
            totals.Operational!.Value.Micrograms,
            totals.Models.Sum(model => model.Operational!.Value.Micrograms) + totals.OperationalIdle!.Value.Micrograms
                + totals.OperationalUnattributed!.Value.Micrograms + totals.OperationalOther!.Value.Micrograms);
        Assert.Equal(
            totals.Embodied!.Value.Micrograms,
            totals.Models.Sum(model => model.Embodied!.Value.Micrograms) + totals.EmbodiedIdle!.Value.Micrograms);
    }

    private static void AssertNeverFalls(CarbonTotals before, CarbonTotals after)
    {
        foreach ((CarbonMass? was, CarbonMass? now) in All(before).Zip(All(after))) Assert.True(now >= was, $"{was} fell to {now}.");
        Assert.InRange(after.PricedShare, 0, 1);
        Assert.InRange(after.FallbackShare, 0, 1);
        Assert.Equal(after.Operational!.Value.Micrograms, (double)after.Factors.Sum(use => use.Operational.Micrograms), after.Factors.Count + after.Models.Count + 4.0);

        static IEnumerable<CarbonMass?> All(CarbonTotals totals) =>
        [
            totals.Operational, totals.OperationalIdle, totals.OperationalUnattributed, totals.OperationalOther, totals.Embodied, totals.EmbodiedIdle,
            .. totals.Models.SelectMany(model => new[] { model.Operational, model.OperationalWithIdle, model.Embodied }),
        ];
    }

    private readonly record struct Step(StepKind Kind, int A, int B);

    /// <summary>Grams by decimal arithmetic: each device's energy of each close, at the mean of the factors over the time from boundary to boundary.</summary>
    private sealed class Oracle(MeterRig rig)
    {
        private readonly DateTimeOffset _origin = rig.Time.GetUtcNow();
        private readonly List<(DateTimeOffset From, DateTimeOffset To, double Grams)> _told = [];
        private readonly decimal[] _models = new decimal[8];
        private decimal _idle;
        private decimal _other;
        private decimal _unattributed;

        public CarbonIntensityAnswer Tell(DateTimeOffset from, TimeSpan length, double grams, double? next = null)
        {
            var factors = new List<(DateTimeOffset, DateTimeOffset, double)> { (from, from + length, grams) };
            if (next is { } ahead) factors.Add((from + length, from + length + length, ahead));
            foreach ((DateTimeOffset From, DateTimeOffset To, double Grams) factor in factors)
            {
                // What is told again in the same words is the newest word again.
                _told.RemoveAll(old => old == factor);
                _told.Insert(0, factor);
            }

            return CarbonIntensityAnswer.Of([.. factors.Select(factor => CarbonRigs.Factor(factor.Item3, factor.Item1, factor.Item2))]);
        }

        public void Around(Action close)
        {
            Mark[] before = [.. Marks()];
            close();
            Mark[] after = [.. Marks()];
            for (int device = 0; device < before.Length; device++)
            {
                if (after[device].Boundary == before[device].Boundary) continue;
                decimal price = Mean(before[device].Boundary, after[device].Boundary);
                _idle += (after[device].Idle - before[device].Idle) * price;
                _other += (after[device].Other - before[device].Other) * price;
                _unattributed += (after[device].Unattributed - before[device].Unattributed) * price;
                for (int model = 0; model < _models.Length; model++)
                    _models[model] += (after[device].Models[model] - before[device].Models[model]) * price;
            }
        }

        public void AssertAgrees(EnergyTotals totals)
        {
            CarbonTotals carbon = totals.Carbon;
            Mark[] marks = [.. Marks()];
            AssertNear(_idle, carbon.OperationalIdle, marks.Sum(mark => mark.Idle));
            AssertNear(_other, carbon.OperationalOther, marks.Sum(mark => mark.Other));
            AssertNear(_unattributed, carbon.OperationalUnattributed, marks.Sum(mark => mark.Unattributed));
            for (int model = 0; model < carbon.Models.Count; model++) AssertNear(_models[model], carbon.Models[model].Operational, marks.Sum(mark => mark.Models[model]));
            Assert.Equal(1, carbon.PricedShare);
            // Every device has been read at the end: the whole time is due, on both processors' share and the board's.
            double hours = (rig.Time.GetUtcNow() - _origin).TotalHours;
            double rate = (1234.5e9 / (4 * 8760)) + (164e9 * 3 * 0.7 / (3 * 8760));
            Assert.Equal(hours * rate, carbon.Embodied!.Value.Micrograms, carbon.Models.Count + 2.0);
        }

        // The last whole microgram is cut off, and each mean price is off by half a microgram per kilowatt-hour at most (the prices here are whole).
        private static void AssertNear(decimal exact, CarbonMass? booked, decimal microjoules)
        {
            decimal slack = 1 + (0.5m * microjoules / 3.6e12m) + 1e-6m;
            Assert.True(Math.Abs(exact - booked!.Value.Micrograms) <= slack, $"{booked.Value.Micrograms} µg are booked; {exact} µg is exact, {slack} µg the bound.");
        }

        private IEnumerable<Mark> Marks() => rig.Meter.Engine.Devices.ToArray().Select(device => new Mark(
            new DateTimeOffset(device.Books.Boundary, TimeSpan.Zero),
            device.Books.Idle, device.Books.Other, device.Books.Unattributed, [.. device.Books.Models.Take(_models.Length).Select(book => book.Assigned)]));

        // Micrograms of a microjoule, mean over a stretch.
        private decimal Mean(DateTimeOffset from, DateTimeOffset until)
        {
            DateTimeOffset[] borders =
            [
                from, .. _told.SelectMany(factor => new[] { factor.From, factor.To, factor.To + _hold })
                    .Where(border => border > from && border < until).Distinct().Order(), until,
            ];
            decimal sum = 0;
            for (int i = 1; i < borders.Length; i++) sum += (borders[i] - borders[i - 1]).Ticks * (decimal)Grams(borders[i - 1]);
            return sum / (until - from).Ticks * (decimal)Pue * 1e6m / 3.6e12m;
        }

        private double Grams(DateTimeOffset time)
        {
            foreach ((DateTimeOffset from, DateTimeOffset to, double grams) in _told)
            {
                if (time >= from && time < to) return grams;
            }

            (DateTimeOffset From, DateTimeOffset To, double Grams)[] held = [.. _told.Where(factor => time >= factor.To && time < factor.To + _hold)];
            return held.Length > 0 ? held.MaxBy(factor => factor.To).Grams : FallbackGrams;
        }

        private sealed record Mark(DateTimeOffset Boundary, long Idle, long Other, long Unattributed, long[] Models);
    }
}
