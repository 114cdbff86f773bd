using GreenAI.Metering;

namespace Readme.Snippets;

#region OwnSource
public sealed class RackMeter(TimeProvider timeProvider) : IPowerSource
{
    public string Name => "rack";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        new PowerDevice
        {
            Id = "rack:slot-4",
            Name = "Accelerator in slot 4",
            Domain = EnergyDomain.Accelerator,
            Tier = MeasurementTier.Measured,
            Uncertainty = RelativeUncertainty.Symmetric(0.02),
            SharedByCpuTime = false, // nobody else uses it: all of it is ours
        },
    ];

    public void Read(Span<PowerSample> samples)
    {
        long now = timeProvider.GetTimestamp();
        samples[0] = TryReadMicrojoules(out long counter)
            ? PowerSample.FromCounter(now, counter)
            : PowerSample.Failed(now, SampleFault.NoData);
    }

    public void Dispose()
    {
    }

    private static bool TryReadMicrojoules(out long counter)
    {
        counter = 0; // ask the hardware here
        return true;
    }
}
#endregion
