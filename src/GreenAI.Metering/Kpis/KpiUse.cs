namespace GreenAI.Metering;

/// <summary>How far a device was used for a time.</summary>
/// <param name="Utilization">The share of the device in use, from 0 to 1; unavailable where it was not read.</param>
/// <param name="Capacity">What the device can do, in one unit for all of a class: 1 each, cores, FLOP/s.</param>
/// <param name="Duration">How long.</param>
public readonly record struct KpiUse(KpiAmount Utilization, double Capacity, TimeSpan Duration);
