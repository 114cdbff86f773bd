namespace GreenAI.Metering;

/// <summary>What only the host has: energy by whether a factor applied, sums over the models, device time by class.</summary>
internal struct HostCounters
{
    /// <summary>All metered microjoules, other processes' too.</summary>
    public long Metered;

    /// <summary>Those a grid factor was applied to.</summary>
    public long Priced;

    /// <summary>Operational grams of all priced energy.</summary>
    public double Grams;

    /// <summary>Grams the truth may lie below <see cref="Grams"/> because of the factors.</summary>
    public double FactorBelow;

    /// <summary>Grams the truth may lie above it because of the factors.</summary>
    public double FactorAbove;

    /// <summary>Grams of factors whose band nobody knows.</summary>
    public double FactorUnknown;

    /// <summary>Grams of factors that are estimated, foreseen or held: modelled, whatever the energy is.</summary>
    public double Inferred;

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

    /// <summary>The factors' bands, weighted by grams; null when nobody knows one of them.</summary>
    public readonly RelativeUncertainty? FactorBand => FactorUnknown > 0 ? null
        : Grams > 0 ? new RelativeUncertainty(Math.Max(0, FactorBelow) / Grams, Math.Max(0, FactorAbove) / Grams)
        : RelativeUncertainty.Symmetric(0);

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
        Grams = left.Grams - right.Grams,
        FactorBelow = left.FactorBelow - right.FactorBelow,
        FactorAbove = left.FactorAbove - right.FactorAbove,
        FactorUnknown = left.FactorUnknown - right.FactorUnknown,
        Inferred = left.Inferred - right.Inferred,
        Outcomes = left.Outcomes - right.Outcomes,
        Cpu = left.Cpu - right.Cpu,
        Gpu = left.Gpu - right.Gpu,
        Accelerator = left.Accelerator - right.Accelerator,
    };
}
