namespace GreenAI.Metering;

/// <summary>A window's differences that all subjects share: worked out once a change, however many indicators are asked for.</summary>
/// <param name="Place">The place of the mark at which the window begins.</param>
/// <param name="Covered">The time it covers in truth.</param>
/// <param name="Host">What the host came to in it.</param>
/// <param name="Whole">The same of what indicators of the host are made of.</param>
/// <param name="HostBand">How sure the host's energy is; null when nothing was metered.</param>
internal readonly record struct KpiView(int Place, TimeSpan Covered, HostCounters Host, KpiCounters Whole, RelativeUncertainty? HostBand);
