using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>What one model has cost, in a report.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its work; null when it is not stated.</summary>
    public string? Workload { get; init; }

    /// <summary>Inferences that gave a result.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Inferences that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Inferences whose scope was left without completion.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Work units: tokens, rows, images.</summary>
    public required long WorkUnits { get; init; }

    /// <summary>Active time summed over the inferences.</summary>
    [JsonPropertyName("activeSeconds")]
    public required TimeSpan ActiveTime { get; init; }

    /// <summary>Energy above the idle floor: settled, open and late.</summary>
    public required Energy Energy { get; init; }

    /// <summary>The same with the model's share of the idle floor.</summary>
    public required Energy EnergyWithIdle { get; init; }

    /// <summary>Operational grams of <see cref="Energy"/>; null when no grid factor applied.</summary>
    public CarbonMass? Operational { get; init; }

    /// <summary>Operational grams of <see cref="EnergyWithIdle"/>; null when no grid factor applied.</summary>
    public CarbonMass? OperationalWithIdle { get; init; }

    /// <summary>Embodied grams accrued to the model; null when none are stated.</summary>
    public CarbonMass? Embodied { get; init; }

    /// <summary>The worst tier of the devices that contributed.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>How far the truth may lie from its energy; null when nothing was metered.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>The energy of a model's books, without carbon.</summary>
    public static ReportModel From(ModelTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return new()
        {
            Name = totals.Name,
            Succeeded = totals.Succeeded,
            Failed = totals.Failed,
            Abandoned = totals.Abandoned,
            WorkUnits = totals.WorkUnits,
            ActiveTime = totals.ActiveTime,
            Energy = totals.Energy,
            EnergyWithIdle = totals.EnergyWithIdle,
            Tier = totals.Tier,
            Uncertainty = totals.Uncertainty,
        };
    }
}
