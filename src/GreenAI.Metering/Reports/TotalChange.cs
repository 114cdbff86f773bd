namespace GreenAI.Metering;

/// <summary>What has become of one total between two reports. Totals grow with time and load: more is not worse.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TotalChange
{
    /// <summary>What it is a total of: <c>energy</c>, <c>operational</c>, <c>embodied</c> or <c>water</c>.</summary>
    public required string Quantity { get; init; }

    /// <summary>The bucket, or <c>total</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Unit of the values: <c>J</c>, <c>g</c> or <c>L</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The baseline's value; null when unavailable.</summary>
    public double? Before { get; init; }

    /// <summary>The current value; null when unavailable.</summary>
    public double? After { get; init; }

    /// <summary>After less before; null unless both are there and compare.</summary>
    public double? Absolute { get; init; }

    /// <summary>The same as a fraction of the baseline's; null where that is 0.</summary>
    public double? Relative { get; init; }

    /// <summary>Why a value is unavailable or does not compare; null when there is nothing to say.</summary>
    public string? Reason { get; init; }
}
