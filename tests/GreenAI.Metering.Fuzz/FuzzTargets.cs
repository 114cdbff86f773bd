namespace GreenAI.Metering.Fuzz;

/// <summary>All readers of outside bytes.</summary>
internal static class FuzzTargets
{
    public static IFuzzTarget[] All() =>
    [
        new CounterTarget(),
        new BusyTicksTarget(),
        new ProcessorLinesTarget(),
        new ListCountTarget(),
        new CpuStatTarget(),
        new QuotaTarget(),
        new ProcessorIdentityTarget(),
        new GroupPathTarget(),
        new MountTarget(),
        new LabelTarget(),
        new ZoneNameTarget(),
        new ZoneAddressTarget(),
        new GraceMeterTarget(),
        new NvmlTextTarget(),
        new NvmlFieldTarget(),
        new PerfTextTarget(),
        new EmiMetadataTarget(),
        new EmiMeasurementTarget(),
        new EmiPathsTarget(),
        new OptionTextTarget(),
        .. GridTarget.All(),
        new TraceBytesTarget(),
        new TraceEventsTarget(),
        new TraceHeaderTarget(),
        new ReportJsonTarget(),
        new PolicyJsonTarget(),
        new AuditLinesTarget(),
        new AuditAnchorTarget(),
        new WebMeteredTarget(),
        new WebPagesTarget(),
        new WebNamesTarget(),
    ];
}
