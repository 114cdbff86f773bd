namespace GreenAI.Metering;

/// <summary>For whom a waiver is sought; parts that are null are nobody's in particular.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Service">The service.</param>
/// <param name="Host">The host.</param>
internal readonly record struct WaiverSubject(string? Model, string? Tenant, string? Service, string? Host);
