namespace GreenAI.Metering;

/// <summary>What a subject, the host or a model, has come to since metering began. A window is the difference of two.</summary>
internal struct KpiCounters
{
    /// <summary>Microjoules above the idle floor; of the host: all of this process, idle included.</summary>
    public long Energy;

    /// <summary>Microjoules of the idle floor, as far as the model was active; of the host: all of it.</summary>
    public long Idle;

    /// <summary>Operational grams of <see cref="Energy"/>.</summary>
    public double Operational;

    /// <summary>Operational grams of <see cref="Idle"/>.</summary>
    public double OperationalIdle;

    /// <summary>Embodied grams; of the host: idle time included.</summary>
    public double Embodied;

    public long Completed;
    public long Succeeded;
    public long Units;

    /// <summary>Microjoules the truth may lie below <see cref="Energy"/>.</summary>
    public double Below;

    /// <summary>Microjoules the truth may lie above it.</summary>
    public double Above;

    /// <summary>Microjoules by which it may be off because models were active together.</summary>
    public double Doubt;

    public static KpiCounters operator -(in KpiCounters left, in KpiCounters right) => new()
    {
        Energy = left.Energy - right.Energy,
        Idle = left.Idle - right.Idle,
        Operational = left.Operational - right.Operational,
        OperationalIdle = left.OperationalIdle - right.OperationalIdle,
        Embodied = left.Embodied - right.Embodied,
        Completed = left.Completed - right.Completed,
        Succeeded = left.Succeeded - right.Succeeded,
        Units = left.Units - right.Units,
        Below = left.Below - right.Below,
        Above = left.Above - right.Above,
        Doubt = left.Doubt - right.Doubt,
    };
}
