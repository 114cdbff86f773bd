namespace GreenAI.Metering;

/// <summary>Looks for RAPL in the powercap tree and decides which zones make up the machine.</summary>
/// <remarks>
/// Packages and memory are summed. Zones inside a package, the platform zone, a second control type and mirrored dies would
/// count energy twice. A zone's <c>enabled</c> file is ignored: it switches the power limit, not the counter.
/// </remarks>
internal static class RaplDetection
{
    public static SourceDetection Detect(SourceContext context)
    {
        List<RaplZone> zones = RaplZoneScan.Find(context.SysfsRoot);
        if (zones.Count == 0) return new SourceDetection { Findings = [RaplReport.Absent(context.SysfsRoot)] };

        List<SourceFinding> remarks = Ignored(zones);
        List<RaplProbe> probes = Candidates(zones, context.TimeProvider);
        if (probes.Count == 0) return new SourceDetection { Findings = [RaplReport.NothingToSum(zones), .. remarks] };

        probes = RaplMmio.Drop(probes, remarks);
        probes = RaplTwins.Drop(probes, context.TimeProvider, remarks);
        probes = [.. probes.OrderBy(static probe => probe.Zone, RaplZoneOrder.Instance)];
        remarks.AddRange(SameNames(probes));
        remarks.AddRange(Failures(probes));

        // Zones that fail now, beside others that do not, stay devices: they may recover, and until then coverage says so.
        if (!probes.Exists(static probe => probe.IsReadable)) return new SourceDetection { Findings = remarks };
        RaplZone[] used = [.. probes.Select(static probe => probe.Zone)];
        PowerDevice[] devices = RaplDevices.Describe(used, zones);
        return new SourceDetection
        {
            Source = new RaplPowerSource(context, used, devices),
            Findings = [RaplReport.Used(used, devices), .. remarks],
        };
    }

    // A zone without energy_uj is a power limit without a meter: nothing to sum.
    private static List<RaplProbe> Candidates(List<RaplZone> zones, TimeProvider timeProvider) =>
        [.. zones
            .Where(static zone => zone.Kind is RaplZoneKind.Package or RaplZoneKind.Dram)
            .Select(zone => RaplProbe.Of(zone, timeProvider))
            .Where(static probe => probe.Fault != SampleFault.Gone)];

    private static List<SourceFinding> Ignored(List<RaplZone> zones)
    {
        List<SourceFinding> findings = [];
        foreach (RaplZone zone in zones)
        {
            if (zone.Kind == RaplZoneKind.Platform) findings.Add(RaplReport.Platform(zone));
            if (zone.Kind == RaplZoneKind.Unknown) findings.Add(RaplReport.Unknown(zone));
        }

        return findings;
    }

    private static IEnumerable<SourceFinding> SameNames(List<RaplProbe> probes) =>
        from probe in probes
        group probe.Zone by probe.Zone.QualifiedName into same
        where same.Count() > 1
        select RaplReport.SameName(same.Key, same);

    private static IEnumerable<SourceFinding> Failures(List<RaplProbe> probes)
    {
        RaplZone[] denied = [.. probes.Where(static probe => probe.Fault == SampleFault.NoPermission).Select(static probe => probe.Zone)];
        RaplProbe[] broken = [.. probes.Where(static probe => probe.Fault is not (SampleFault.None or SampleFault.NoPermission))];
        if (denied.Length > 0) yield return RaplReport.NoPermission(denied);
        if (broken.Length > 0) yield return RaplReport.Broken(broken);
    }
}
