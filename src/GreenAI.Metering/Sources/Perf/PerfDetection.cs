namespace GreenAI.Metering;

/// <summary>Looks for the perf PMU <c>power</c> and opens its events of packages and memory.</summary>
internal static class PerfDetection
{
    public static SourceDetection Detect(SourceContext context, IPerfEvents events)
    {
        if (!Directory.Exists(PerfPmu.DirectoryOf(context.SysfsRoot))) return None(PerfReport.Absent(context.SysfsRoot));
        if (PerfPmu.Read(context, out string refusal) is not { } pmu) return None(PerfReport.Unusable(refusal));

        List<PerfCounter> counters = [];
        List<SourceFinding> findings = [];
        foreach (PerfEnergyEvent energy in pmu.Events)
        {
            PerfTrial[] trials = [.. pmu.Places.Select(place => PerfTrial.Of(new PerfCounter(events, context, place, energy), pmu.Type))];

            // Counters that fail now, beside others that do not, stay devices: they may recover, and until then coverage says so.
            bool works = trials.Any(static trial => trial.Error == PerfError.None);
            if (works) counters.AddRange(trials.Select(static trial => trial.Counter));
            else foreach (PerfTrial trial in trials) trial.Counter.Dispose();
            findings.AddRange(Failures(energy, trials, context));

            // Memory without its package would leave room for an estimate that contains memory.
            if (!works && energy.Domain == EnergyDomain.CpuPackage) return new SourceDetection { Findings = findings };
        }

        PowerDevice[] devices = PerfDevices.Describe(counters, context.SysfsRoot);
        return new SourceDetection
        {
            Source = new PerfPowerSource(counters, devices, context.TimeProvider),
            Findings = [PerfReport.Used(counters, devices), .. findings],
        };
    }

    private static IEnumerable<SourceFinding> Failures(PerfEnergyEvent energy, IEnumerable<PerfTrial> trials, SourceContext context) =>
        from trial in trials
        where trial.Error != PerfError.None
        group trial.Counter.Place by trial.Error into same
        select PerfReport.Refused(energy, [.. same], same.Key, context.ProcRoot);

    private static SourceDetection None(SourceFinding finding) => new() { Findings = [finding] };
}
