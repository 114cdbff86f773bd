using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>Between which two amounts the truth lies, as far as is known: 3 significant digits, the lower end rounded down, the upper one up.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record UsageRange
{
    /// <summary>The lower end.</summary>
    [JsonPropertyName("min")]
    public required double Min { get; init; }

    /// <summary>The upper end.</summary>
    [JsonPropertyName("max")]
    public required double Max { get; init; }

    internal static UsageRange Of(double value, RelativeUncertainty uncertainty) => new()
    {
        Min = RoundedText.Bound(value * (1 - Math.Min(1, uncertainty.Below)), up: false),
        Max = RoundedText.Bound(value * (1 + uncertainty.Above), up: true),
    };
}
