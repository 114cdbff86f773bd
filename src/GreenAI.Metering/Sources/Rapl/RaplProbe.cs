namespace GreenAI.Metering;

/// <summary>A zone that would be summed, and how its first reading went.</summary>
internal sealed record RaplProbe(RaplZone Zone, SampleFault Fault)
{
    public bool IsReadable => Fault == SampleFault.None;

    public static RaplProbe Of(RaplZone zone, TimeProvider timeProvider)
    {
        using KernelCounter counter = new(zone.EnergyPath, timeProvider);
        return new RaplProbe(zone, counter.TryRead(timeProvider.GetTimestamp(), out _));
    }
}
