namespace GreenAI.Metering;

/// <summary>Looks for energy meters of Windows and decides which channels make up the machine.</summary>
/// <remarks>
/// Packages and memory are summed. Cores and graphics lie inside the package; a second die of an AMD package may show the counter of
/// the first. Not yet verified on hardware.
/// </remarks>
internal static class EmiDetection
{
    private static readonly EnergyDomain[] _order = [EnergyDomain.CpuPackage, EnergyDomain.Dram];

    /// <summary>Looks now.</summary>
    /// <param name="system">Windows; null elsewhere.</param>
    /// <param name="timeProvider">The clock.</param>
    public static SourceDetection Detect(IEmiSystem? system, TimeProvider timeProvider)
    {
        if (system is null) return None([EmiReport.NotWindows]);
        int result = system.List(out IReadOnlyList<string> paths);
        if (result != 0) return None([EmiReport.NoList(result)]);
        if (paths.Count == 0) return None([EmiReport.Absent]);

        List<SourceFinding> findings = [];
        List<EmiDevice> meters = Open(system, paths, timeProvider, findings);
        List<EmiReading> readings = EmiTwins.Drop(Candidates(meters, timeProvider), timeProvider, findings);
        IEnumerable<EmiDevice> unused = meters.Except(readings.Select(static reading => reading.Device));

        // Memory without its package would leave room for an estimate that contains memory.
        if (!readings.Exists(IsMeasuredPackage))
        {
            foreach (EmiDevice meter in meters) meter.Dispose();
            if (meters.Count > 0) findings.Insert(0, EmiReport.NothingToSum(meters, readings));
            return None(findings);
        }

        foreach (EmiDevice meter in unused) meter.Dispose();
        PowerDevice[] devices = EmiDevices.Describe(readings);
        return new SourceDetection
        {
            Source = new EmiPowerSource(readings, devices),
            Findings = [EmiReport.Used(readings, devices), .. findings],
        };
    }

    private static List<EmiDevice> Open(
        IEmiSystem system, IReadOnlyList<string> paths, TimeProvider timeProvider, List<SourceFinding> findings)
    {
        List<EmiDevice> meters = [];
        for (int i = 0; i < paths.Count; i++)
        {
            var meter = new EmiDevice(system, paths[i], timeProvider);
            if (meter.TryOpen() is { } refusal) findings.Add(EmiReport.Refused(i + 1, paths.Count, refusal, meter.Fault));
            else meters.Add(meter);
        }

        return meters;
    }

    // In the order of the packages: of two twins, the lower number stays.
    private static List<EmiReading> Candidates(List<EmiDevice> meters, TimeProvider timeProvider) =>
        [.. (from meter in meters
             from channel in meter.Channels
             let covers = channel.Covers
             where covers is not null
             orderby covers.Value.Package, Array.IndexOf(_order, covers.Value.Domain)
             select new EmiReading(meter, channel, covers.Value.Package, covers.Value.Domain, timeProvider))];

    private static bool IsMeasuredPackage(EmiReading reading) =>
        reading.Domain == EnergyDomain.CpuPackage && reading.Device.TryGet(reading.Channel, out _) == SampleFault.None;

    private static SourceDetection None(IReadOnlyList<SourceFinding> findings) => new() { Findings = findings };
}
