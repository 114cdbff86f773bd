namespace GreenAI.Metering;

/// <summary>What a project promised before it began: the energy it will take to reach its objective, at the least.</summary>
public sealed class Charter
{
    /// <summary>The project; unique in the policy.</summary>
    public required string Project { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>What it shall reach.</summary>
    public required string Objective { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The quality to reach: its metric.</summary>
    public string? QualityMetric { get; init; }

    /// <summary>The quality to reach: its value.</summary>
    public double? QualityTarget { get; init; }

    /// <summary>Energy-to-Solution as estimated, in kWh.</summary>
    public required double EnergyToSolutionKilowattHours { get; init; }

    /// <summary>How that was estimated.</summary>
    public required string EstimateMethod { get; init; }

    /// <summary>The budget it spends; null for none.</summary>
    public string? Budget { get; init; }

    /// <summary>When it is to be looked at again.</summary>
    public required DateOnly ReviewDate { get; init; }
}
