namespace GreenAI.Metering;

/// <summary>What is in the books and on no bill: late energy, embodied carbon, the idle floor, energy outside inferences. Read by the closer only.</summary>
internal sealed class OverheadFigures(DeviceBooks[] books, CarbonBooks carbon)
{
    /// <summary>Whether a factor applied to any energy yet.</summary>
    public bool IsPriced => carbon.IsPriced;

    /// <summary>Whether embodied carbon is known.</summary>
    public bool HasEmbodied => carbon.Plan.IsKnown;

    /// <summary>Energy that was measured after the bill of a model's inference had to be closed, in microjoules since the start.</summary>
    public long Late(int model)
    {
        long sum = 0;
        foreach (DeviceBooks device in books) sum += device.Models[model].Late;
        return sum;
    }

    /// <summary>Embodied carbon of a model in micrograms since the start.</summary>
    public double EmbodiedMicrograms(int model) => carbon.EmbodiedGrams(carbon.Models[model].Embodied) * 1e6;

    /// <summary>Embodied carbon of the host, idle too, in micrograms since the start.</summary>
    public double HostEmbodiedMicrograms => carbon.EmbodiedGrams(carbon.EmbodiedTotal) * 1e6;

    /// <summary>The idle floor and this process's energy outside inferences, in microjoules since the start.</summary>
    public long HostOverhead
    {
        get
        {
            long sum = 0;
            foreach (DeviceBooks device in books) sum += device.Idle + device.Unattributed;
            return sum;
        }
    }

    /// <summary>The same in micrograms since the start.</summary>
    public double HostOverheadMicrograms => (GridPrice.Grams(carbon.Idle) + GridPrice.Grams(carbon.Unattributed)) * 1e6;
}
