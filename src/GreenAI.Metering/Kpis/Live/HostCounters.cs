namespace GreenAI.Metering;

/// <summary>What only the host has: energy by whether a factor applied, sums over the models, device time by class.</summary>
internal struct HostCounters
{
    /// <summary>All metered microjoules, other processes' too.</summary>
    public long Metered;

    /// <summary>Those a grid factor was applied to.</summary>
    public long Priced;

    /// <summary>The models' microjoules, their idle share included.</summary>
    public long ModelsWithIdle;

    /// <summary>The models' microjoules, without idle.</summary>
    public long Models;

    /// <summary>The models' operational grams, their idle share included.</summary>
    public double ModelsOperationalWithIdle;

    /// <summary>The models' operational grams, without idle.</summary>
    public double ModelsOperational;

    /// <summary>The models' embodied grams.</summary>
    public double ModelsEmbodied;

    /// <summary>Outcomes the application has reported.</summary>
    public long Outcomes;

    public DeviceClassTime Cpu;
    public DeviceClassTime Gpu;
    public DeviceClassTime Accelerator;

    public readonly DeviceClassTime this[DeviceClass device] => device switch
    {
        DeviceClass.Cpu => Cpu,
        DeviceClass.Gpu => Gpu,
        _ => Accelerator,
    };

    public static HostCounters operator -(in HostCounters left, in HostCounters right) => new()
    {
        Metered = left.Metered - right.Metered,
        Priced = left.Priced - right.Priced,
        ModelsWithIdle = left.ModelsWithIdle - right.ModelsWithIdle,
        Models = left.Models - right.Models,
        ModelsOperationalWithIdle = left.ModelsOperationalWithIdle - right.ModelsOperationalWithIdle,
        ModelsOperational = left.ModelsOperational - right.ModelsOperational,
        ModelsEmbodied = left.ModelsEmbodied - right.ModelsEmbodied,
        Outcomes = left.Outcomes - right.Outcomes,
        Cpu = left.Cpu - right.Cpu,
        Gpu = left.Gpu - right.Gpu,
        Accelerator = left.Accelerator - right.Accelerator,
    };
}
