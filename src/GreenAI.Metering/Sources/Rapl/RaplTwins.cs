namespace GreenAI.Metering;

/// <summary>
/// Drops zones that mirror another. Older kernels show each die of an AMD package as a zone of its own, and all of them read
/// the one counter of the socket.
/// </summary>
internal static class RaplTwins
{
    public static List<RaplProbe> Drop(List<RaplProbe> probes, TimeProvider timeProvider, List<SourceFinding> findings)
    {
        List<RaplProbe> kept = [];
        foreach (IGrouping<string, RaplProbe> group in probes.GroupBy(static probe => probe.Zone.Group))
        {
            List<RaplProbe> keptOfGroup = [];
            foreach (RaplProbe probe in group.OrderBy(static probe => probe.Zone, RaplZoneOrder.Instance))
            {
                RaplProbe? original = keptOfGroup.Find(other => RaplTwinTest.AreOneCounter(other, probe, timeProvider));
                if (original is null) keptOfGroup.Add(probe);
                else findings.Add(RaplReport.Mirror(probe.Zone, original.Zone));
            }

            kept.AddRange(keptOfGroup);
        }

        return kept;
    }
}
