namespace GreenAI.Metering;

/// <summary>What looking for one kind of hardware gave: the source when it can be metered, and the findings either way.</summary>
internal sealed class SourceDetection
{
    public IPowerSource? Source { get; init; }

    public required IReadOnlyList<SourceFinding> Findings { get; init; }
}
