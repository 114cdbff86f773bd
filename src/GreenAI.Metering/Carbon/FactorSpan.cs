namespace GreenAI.Metering;

/// <summary>A factor that applies for a while.</summary>
/// <param name="Factor">The factor; null when none applies.</param>
/// <param name="IsHeld">Beyond its validity, for lack of a newer one.</param>
/// <param name="Since">The last moment before which another may have applied.</param>
/// <param name="Until">The first moment at which another may apply.</param>
internal readonly record struct FactorSpan(CarbonFactor? Factor, bool IsHeld, DateTimeOffset Since, DateTimeOffset Until);
