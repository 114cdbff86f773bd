namespace GreenAI.Metering;

/// <summary>Reads one kind of hardware.</summary>
/// <remarks>
/// The sampler calls <see cref="Read"/> from one thread at a time, at most every 10 ms. An implementation holds its files or
/// handles open, allocates nothing in a good reading, and never throws for a device that fails: that device's sample is a
/// failed one and the next call tries again (at its own back-off). An exception is caught, logged and taken as a failure of
/// all its devices.
/// </remarks>
public interface IPowerSource : IDisposable
{
    /// <summary>A short name for people and logs: <c>rapl</c>, <c>nvml</c>, <c>load-model</c>.</summary>
    string Name { get; }

    /// <summary>The devices, fixed for the life of the source.</summary>
    IReadOnlyList<PowerDevice> Devices { get; }

    /// <summary>Reads all devices now.</summary>
    /// <param name="samples">Receives one sample per device, in the order of <see cref="Devices"/>.</param>
    void Read(Span<PowerSample> samples);
}
