namespace GreenAI.Metering.Tests;

/// <summary>One measurement as a listener hears it.</summary>
internal sealed record InstrumentReading(string Name, double Value, IReadOnlyDictionary<string, string> Tags)
{
    public long Micro => (long)Math.Round(Value * 1e6);

    /// <summary>The series: name and attributes.</summary>
    public string Series => $"{Name}{{{string.Join(",", Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}}}";
}
