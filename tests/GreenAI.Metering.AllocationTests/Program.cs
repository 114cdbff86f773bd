using System.Runtime;
using GreenAI.Metering;
using GreenAI.Metering.AllocationTests;
using GreenAI.Metering.Checks;

// Whole-process proof that metering allocates nothing once it is warm: callers, sampler, settlement, histograms, budgets.
// --negative-control allocates one object per request in the measured rounds, and must fail.
const int Requests = 200_000;
const int WarmUpRequests = 40_000;
const int ControlRequests = 20_000;

bool negative = args is ["--negative-control"];
if (args.Length > 0 && !negative)
{
    Console.Error.WriteLine("The only argument is --negative-control.");
    return 2;
}

Leak measured = negative ? Leak.Caller : Leak.None;
CheckList checks = new(Console.Out);
checks.That(!GCSettings.IsServerGC, "workstation collector", "server");

Rig rig = new();
checks.Equal(4, rig.Meter.Detection.Devices.Count(), "four zones are metered");
rig.GrowPool();
rig.Run(WarmUpRequests, Leak.None);
CheckZero("listener off", rig.Run(Requests, measured));

await rig.Meter.SettleAsync();
using (HistogramListener listener = new())
{
    rig.Run(WarmUpRequests, Leak.None);
    CheckZero("histograms on", rig.Run(Requests, measured));
    await rig.Meter.SettleAsync();
    long expected = WarmUpRequests + Requests;
    // A bill below one microjoule is no figure and is left out.
    checks.That(listener.Energies > 0 && listener.Energies <= expected, "histograms on: final energies are recorded", $"{listener.Energies}");
    checks.Equal(listener.Energies, listener.Emissions, "histograms on: every energy has its emissions");
    checks.Equal(expected, listener.Durations, "histograms on: every final duration is recorded");
}

// The measurement itself is measured: a leak of one object per request, or per sampling, has to show.
Round caller = rig.Run(ControlRequests, Leak.Caller);
checks.That(caller.CallerBytes >= ControlRequests * 24L, "negative control: a caller's object per request is seen on its thread", $"{caller}");
checks.That(caller.ProcessBytes >= caller.CallerBytes, "negative control: a caller's object per request is seen in the process", $"{caller}");
Round sampler = rig.Run(ControlRequests, Leak.Sampler);
checks.That(sampler.ProcessBytes >= sampler.Ticks / 2 * 24, "negative control: the sampler's object per tick is seen in the process", $"{sampler}");
checks.That(sampler.SamplerBytes >= sampler.Ticks / 2 * 24, "negative control: the sampler's object per tick is seen on its thread", $"{sampler}");
checks.Equal(0, sampler.CallerBytes, "negative control: the sampler's object is not the callers'");

EnergyTotals totals = await rig.Meter.SettleAsync();
checks.Equal(0, totals.DroppedScopes, "no request was dropped");
checks.Equal(0, totals.OpenScopes, "no scope leaked");
checks.Equal(rig.Requests, totals.Models.Sum(model => model.Inferences), "every request is billed once");
long mixed = totals.Models.Where(model => model.Name != "grow").Sum(model => model.Inferences) / RequestMix.Cycle;
checks.Equal(mixed * RequestMix.Failed, totals.Models.Sum(model => model.Failed), "failed requests");
checks.Equal(mixed * RequestMix.Abandoned, totals.Models.Sum(model => model.Abandoned), "abandoned requests");
checks.Equal(rig.Tree.GainedMicrojoules, totals.Total.Microjoules, "the total is what the counters gained");
checks.Equal(0, totals.Unaccounted.Microjoules, "nothing lost, nothing invented");
checks.Equal(1, totals.Carbon.PricedShare, "a factor applied to every joule");
checks.That(totals.Carbon.Operational?.Micrograms > 0, "operational carbon is booked", $"{totals.Carbon.Operational}");
checks.That(totals.Carbon.Embodied?.Micrograms > 0, "embodied carbon is booked", $"{totals.Carbon.Embodied}");
checks.Equal(0, totals.Carbon.Unaccounted.Micrograms, "no gram lost, none invented");
rig.Dispose();

await Budgeted.CheckAsync(checks, WarmUpRequests, Requests, measured);
return checks.Close();

void CheckZero(string phase, Round round)
{
    checks.Equal(0, round.CallerBytes, $"{phase}: callers allocate 0 bytes in {Requests} requests");
    checks.Equal(0, round.ProcessBytes, $"{phase}: the whole process allocates 0 bytes in {Requests} requests");
    checks.That(round.Ticks >= 20, $"{phase}: the sampler was at work", $"{round.Ticks} samplings");
}
