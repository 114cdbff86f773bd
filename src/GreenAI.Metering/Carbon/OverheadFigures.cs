namespace GreenAI.Metering;

/// <summary>What is in the books and on no bill: late energy, embodied carbon, the idle floor, energy outside inferences. Read by the closer only.</summary>
internal sealed class OverheadFigures
{
    private readonly DeviceMeter[] _devices;
    private readonly CarbonBooks _carbon;

    public OverheadFigures(DeviceMeter[] devices, CarbonBooks carbon)
    {
        _devices = devices;
        _carbon = carbon;
        Tier = devices.Length == 0 ? MeasurementTier.Unavailable : devices.Min(device => device.Device.Tier);
    }

    /// <summary>Whether a factor applied to any energy yet.</summary>
    public bool IsPriced => _carbon.IsPriced;

    /// <summary>Whether embodied carbon is known.</summary>
    public bool HasEmbodied => _carbon.Plan.IsKnown;

    /// <summary>The worst tier of the devices.</summary>
    public MeasurementTier Tier { get; }

    /// <summary>Embodied carbon of the host, idle too, in micrograms since the start.</summary>
    public double HostEmbodiedMicrograms => _carbon.EmbodiedGrams(_carbon.EmbodiedTotal) * 1e6;

    /// <summary>The idle floor and this process's energy outside inferences, in microjoules since the start.</summary>
    public long HostOverhead => Overhead(static _ => true);

    /// <summary>The part of <see cref="HostOverhead"/> that was measured.</summary>
    public long HostOverheadMeasured => Overhead(static device => device.Tier == MeasurementTier.Measured);

    /// <summary>Operational emissions of <see cref="HostOverhead"/> in micrograms since the start.</summary>
    public double HostOverheadMicrograms => (GridPrice.Grams(_carbon.Idle) + GridPrice.Grams(_carbon.Unattributed)) * 1e6;

    /// <summary>Energy that was measured after the bill of a model's inference had to be closed, in microjoules since the start.</summary>
    public long Late(int model)
    {
        long sum = 0;
        foreach (DeviceMeter device in _devices) sum += device.Books.Models[model].Late;
        return sum;
    }

    /// <summary>Embodied carbon of a model in micrograms since the start.</summary>
    public double EmbodiedMicrograms(int model) => _carbon.EmbodiedGrams(_carbon.Models[model].Embodied) * 1e6;

    private long Overhead(Func<PowerDevice, bool> counts)
    {
        long sum = 0;
        foreach (DeviceMeter device in _devices)
        {
            if (counts(device.Device)) sum += device.Books.Idle + device.Books.Unattributed;
        }

        return sum;
    }
}
