namespace GreenAI.Metering;

/// <summary>An indicator of the host or of one model.</summary>
/// <param name="Model">The model; null for the host.</param>
/// <param name="Asked">The window asked for; null for an indicator that has none. The time it covers in truth is in the value.</param>
/// <param name="Value">The value, or why there is none.</param>
public readonly record struct KpiReading(string? Model, TimeSpan? Asked, KpiValue Value);
