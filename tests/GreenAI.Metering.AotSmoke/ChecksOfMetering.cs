using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AotSmoke;

/// <summary>Inferences, a pause, a window and the instruments over a tree whose gain is known.</summary>
internal static class ChecksOfMetering
{
    public const long Inferences = 5;
    private const double Microjoule = 1e-6;

    public static async Task RunAsync(CheckList checks, EnergyMeter meter, MeteredTree tree, InstrumentReader instruments)
    {
        ModelHandle model = meter.Model("from-section");
        EnergyWindow window = meter.StartWindow("smoke");
        checks.That(default(InferenceScope).Complete().Stage == FootprintStage.None, "a default scope does nothing", "it has a footprint");
        InferenceScope scope = meter.Begin(model);
        Burn(tree, 100);
        InferenceFootprint footprint = scope.Complete(units: 3);
        checks.Equal(FootprintStage.Provisional, footprint.Stage, "a completion gives a provisional footprint");
        checks.Equal(scope.Id, footprint.ScopeId, "the footprint carries the scope's number");
        checks.Equal(FootprintStage.None, scope.Complete().Stage, "a second completion does nothing");
        Pause(checks, meter.Begin(model), tree);
        meter.Begin(model).Fail();
        meter.Begin(model).Dispose();
        using (meter.Begin("third-model")) Burn(tree, 20);
        EnergyReading reading = await window.StopAsync();
        // Counters stood still when it began: energy of the interval with the start in it is shared out by time.
        double share = (reading.Total?.Microjoules ?? 0) / (double)tree.GainedMicrojoules;
        checks.That(share is > 0.95 and <= 1, "the window has what the counters gained", FormattableString.Invariant($"{share:P3} of it"));
        checks.Equal(MeasurementTier.Measured, reading.Tier, "the window is measured");

        EnergyTotals totals = await meter.SettleAsync();
        Books(checks, totals, tree);
        ChecksOfReports.Run(checks, totals);
        instruments.Collect();
        Instruments(checks, instruments, tree);
    }

    private static void Pause(CheckList checks, InferenceScope scope, MeteredTree tree)
    {
        Burn(tree, 20);
        scope.Suspend();
        Burn(tree, 200);
        scope.Resume();
        Burn(tree, 20);
        InferenceFootprint footprint = scope.Complete();
        checks.That(
            footprint.Duration - footprint.ActiveTime >= TimeSpan.FromMilliseconds(190),
            "suspended time is not charged",
            $"{footprint.ActiveTime} of {footprint.Duration}");
    }

    private static void Books(CheckList checks, EnergyTotals totals, MeteredTree tree)
    {
        checks.Equal(tree.GainedMicrojoules, totals.Total.Microjoules, "the books have what the counters gained");
        foreach (DeviceTotals device in totals.Devices)
            checks.Equal(0, device.Unaccounted.Microjoules, $"nothing lost, nothing invented on {device.Device.Id}");
        ModelTotals model = totals.Model("from-section")!;
        checks.Equal((2L, 1L, 1L), (model.Succeeded, model.Failed, model.Abandoned), "outcomes of the model");
        checks.Equal(4, model.WorkUnits, "work units of the model");
        checks.That(model.Energy > Energy.Zero, "the model has energy", model.Energy.ToString());
        checks.Equal(1, totals.Model("third-model")?.Abandoned, "a model registered by name");
        checks.Equal(Inferences, totals.Models.Sum(each => each.Inferences), "every inference is billed once");
        checks.Equal(0, totals.OpenScopes, "no scope is left open");
    }

    private static void Instruments(CheckList checks, InstrumentReader instruments, MeteredTree tree)
    {
        double gained = tree.GainedMicrojoules / 1e6;
        Near(checks, gained, instruments.Sum(InstrumentNames.HardwareEnergy), "hw.energy is what the counters gained");
        Near(checks, gained, instruments.Sum(InstrumentNames.Energy), "greenai.energy over models and buckets is the same");
        Near(checks, Inferences, instruments.Sum(InstrumentNames.Inferences), "greenai.inferences counts them");
        Near(checks, tree.Zones, instruments.Recordings(InstrumentNames.HardwarePower), "hw.power has a row per device");
        Near(checks, Inferences, instruments.Recordings(InstrumentNames.InferenceDuration), "greenai.inference.duration has every inference");
        checks.That(instruments.Recordings(InstrumentNames.InferenceEnergy) > 0, "greenai.inference.energy has recordings", "none");
        Near(checks, 0, instruments.Sum(InstrumentNames.DroppedScopes), "greenai.metering.dropped_scopes");
    }

    // Sums of doubles in joules: equal to the microjoule that the books count.
    private static void Near(CheckList checks, double expected, double? actual, string name) =>
        checks.That(Math.Abs((actual ?? double.NaN) - expected) < Microjoule, name, FormattableString.Invariant($"{actual} instead of {expected}"));

    // Keeps the processor at work while the counters rise by 50 W each, so that the process has a share of the energy.
    private static void Burn(MeteredTree tree, int milliseconds)
    {
        long start = TimeProvider.System.GetTimestamp();
        double spent = 0;
        while (spent < milliseconds)
        {
            double now = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            if (now - spent < 1) continue;
            tree.Add((long)((now - spent) * 50_000));
            spent = now;
        }
    }
}
