namespace GreenAI.Metering;

/// <summary>A source that somebody else disposes: a host's container disposes what it made, after the meter.</summary>
internal sealed class BorrowedPowerSource(IPowerSource source) : IPowerSource
{
    public string Name => source.Name;

    public IReadOnlyList<PowerDevice> Devices => source.Devices;

    public void Read(Span<PowerSample> samples) => source.Read(samples);

    public void Dispose()
    {
    }
}
