namespace GreenAI.Metering;

/// <summary>Which emissions of a kilowatt-hour a factor contains.</summary>
public enum CarbonBoundary
{
    /// <summary>From building the plant and bringing its fuel to its end.</summary>
    Lifecycle,

    /// <summary>Of burning fuel only; also called operational.</summary>
    Direct,
}
