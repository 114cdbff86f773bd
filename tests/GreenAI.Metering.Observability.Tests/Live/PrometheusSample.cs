namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>A row of an answer.</summary>
internal sealed record PrometheusSample(IReadOnlyDictionary<string, string> Labels, double Value);
