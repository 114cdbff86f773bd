namespace GreenAI.Metering;

/// <summary>A provider that gave no factor for now, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SkippedCarbonProvider
{
    internal SkippedCarbonProvider(string name, CarbonGap gap, string reason)
    {
        Name = name;
        Gap = gap;
        Reason = reason;
    }

    /// <summary>The provider's name.</summary>
    public string Name { get; }

    /// <summary>Why there was none; never <see cref="CarbonGap.None"/>.</summary>
    public CarbonGap Gap { get; }

    /// <summary>The same for people, with what to do.</summary>
    public string Reason { get; }

    /// <summary>Name and reason: <c>electricity-maps: answered with status 503</c>.</summary>
    public override string ToString() => $"{Name}: {Reason}";
}
