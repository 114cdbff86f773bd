namespace GreenAI.Metering.Tests;

/// <summary>A source as an application would write one: made by the container, with the container's clock.</summary>
internal sealed class LabSource(TimeProvider timeProvider) : IPowerSource
{
    private readonly FakePowerSource _inner = new(timeProvider, MeteringHost.Device("lab:meter"));

    public string Name => "lab";

    public IReadOnlyList<PowerDevice> Devices => _inner.Devices;

    public FakeCounter Counter => _inner[0];

    public int Reads => _inner.Reads;

    public int Disposals { get; private set; }

    public void Read(Span<PowerSample> samples) => _inner.Read(samples);

    public void Dispose() => Disposals++;
}
