namespace GreenAI.Metering;

/// <summary>How requests are metered and admitted.</summary>
public sealed class InferenceMeteringOptions
{
}
