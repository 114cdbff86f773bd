namespace GreenAI.Metering;

/// <summary>
/// Client processors publish the package counter a second time, as control type <c>intel-rapl-mmio</c>. Summing both shows
/// twice the power.
/// </summary>
internal static class RaplMmio
{
    /// <summary>Keeps one control type for each group of zones: the first one unless only MMIO can be read.</summary>
    public static List<RaplProbe> Drop(List<RaplProbe> probes, List<SourceFinding> findings)
    {
        List<RaplProbe> kept = [];
        foreach (IGrouping<string, RaplProbe> group in probes.GroupBy(static probe => probe.Zone.Group))
        {
            bool hasPlain = group.Any(static probe => !probe.Zone.Address.IsMmio);
            bool plainReadable = group.Any(static probe => !probe.Zone.Address.IsMmio && probe.IsReadable);
            bool mmioReadable = group.Any(static probe => probe.Zone.Address.IsMmio && probe.IsReadable);
            bool useMmio = !plainReadable && (mmioReadable || !hasPlain);
            foreach (RaplProbe probe in group)
            {
                if (probe.Zone.Address.IsMmio == useMmio) kept.Add(probe);
                else findings.Add(RaplReport.MmioDuplicate(probe.Zone));
            }
        }

        return kept;
    }
}
