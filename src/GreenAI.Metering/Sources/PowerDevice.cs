namespace GreenAI.Metering;

/// <summary>One metered piece of hardware: what it covers, how it is read and how well.</summary>
/// <remarks>Immutable and thread-safe. Two devices of one meter never overlap: their energies may be summed.</remarks>
public sealed class PowerDevice
{
    /// <summary>A stable identifier, unique in the host, for example <c>rapl:package-0</c> or <c>nvml:GPU-8f6a…</c> (the <c>hw.id</c> attribute).</summary>
    public required string Id { get; init; }

    /// <summary>A name for people (the <c>hw.name</c> attribute).</summary>
    public required string Name { get; init; }

    /// <summary>What the counter covers.</summary>
    public required EnergyDomain Domain { get; init; }

    /// <summary>The tier of a good reading: <see cref="MeasurementTier.Measured"/> or <see cref="MeasurementTier.Modelled"/>.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>How the device tells its energy.</summary>
    public DeviceReading Reading { get; init; } = DeviceReading.EnergyCounter;

    /// <summary>
    /// Largest value of the counter in microjoules before it wraps to 0; 0 when the counter does not wrap or its range is
    /// unknown, in which case a falling counter is a reset.
    /// </summary>
    public long CounterRangeMicrojoules { get; init; }

    /// <summary>How often the hardware refreshes the reading. RAPL: 1 ms. NVML energy: about 100 ms.</summary>
    public TimeSpan UpdatePeriod { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>More than the device can ever draw. A faster rise of the counter is refused as implausible.</summary>
    /// <value>2,000 W.</value>
    public Power MaxPower { get; init; } = Power.FromWatts(2000);

    /// <summary>Sustained power limit the hardware enforces; null when unknown.</summary>
    public Power? PowerLimit { get; init; }

    /// <summary>Accuracy of the counter itself, in-band.</summary>
    /// <value>±10 % (published comparisons of RAPL with external meters: 5 to 10 %).</value>
    public RelativeUncertainty Uncertainty { get; init; } = RelativeUncertainty.Symmetric(0.10);

    /// <summary>Idle power when it is known without observing it (a load model states it); otherwise null and learned.</summary>
    public Power? IdlePower { get; init; }

    /// <summary>Whether other processes of the host draw from this device without the device itself telling the shares.</summary>
    /// <value>True for processors and memory, whose counters are machine-wide.</value>
    public bool SharedByCpuTime { get; init; } = true;

    /// <summary>A remark a reader of the figures must know, for example "MIG: board level"; null when there is none.</summary>
    public string? Remark { get; init; }

    /// <summary>The identifier and the name.</summary>
    public override string ToString() => $"{Id} ({Name})";
}
