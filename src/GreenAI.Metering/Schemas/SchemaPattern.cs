namespace GreenAI.Metering;

/// <summary>A pattern of a schema as code, and what it asks for in words.</summary>
/// <param name="Fits">Whether a text holds to the pattern.</param>
/// <param name="Wanted">What a text must be, as the end of a sentence.</param>
internal sealed record SchemaPattern(Func<string, bool> Fits, string Wanted);
