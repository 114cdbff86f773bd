namespace GreenAI.Metering;

/// <summary>What all figures of one provider share.</summary>
internal sealed record GridSource
{
    /// <summary>Who gives them, for reports and messages.</summary>
    public required string Source { get; init; }

    /// <summary>Where they hold.</summary>
    public required string Zone { get; init; }

    /// <summary>Of what kind they are.</summary>
    public required CarbonKind Kind { get; init; }

    /// <summary>How long after its time began a figure may stand in for a newer one.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Their licence, where they have one.</summary>
    public string? Licence { get; init; }
}
