namespace GreenAI.Metering;

/// <summary>One attempt at a solution.</summary>
/// <param name="KilowattHours">The energy it took, in kWh, whether it succeeded or not.</param>
/// <param name="Reached">Whether it reached the outcome.</param>
public readonly record struct KpiAttempt(KpiAmount KilowattHours, bool Reached);
