namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>A request of the load.</summary>
/// <param name="Path">Where it goes, such as <c>/predict</c>.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Tenant">On whose account; null tells none.</param>
/// <param name="HangsUp">Whether the caller goes away once it has read the first byte of the answer.</param>
internal sealed record LoadRequest(string Path, byte[] Body, string? Tenant = null, bool HangsUp = false);
