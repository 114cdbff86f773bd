namespace GreenAI.Metering;

/// <summary>An answer is not what its source documents. Never leaves a provider: it becomes <see cref="CarbonGap.Malformed"/>.</summary>
internal sealed class GridFormatException(string message) : FormatException(message);
