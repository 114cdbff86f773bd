namespace GreenAI.Metering;

/// <summary>How good the figures of a board report are.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardQuality
{
    internal BoardQuality()
    {
    }

    /// <summary>The worst tier of the devices that were read; unavailable when none was.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>The lowest coverage of the devices, from 0 to 1; 0 when there is none.</summary>
    public required double Coverage { get; init; }

    /// <summary>Failed readings and intervals whose energy is not known.</summary>
    public required long Holes { get; init; }

    /// <summary>How far the truth may lie from the models' joules: the widest band of all; null when one is not known, or nothing was metered.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Energy a grid factor was applied to, as a fraction of all energy.</summary>
    public required double PricedShare { get; init; }

    /// <summary>Of that, the fraction that had to do with another than the first provider's factor.</summary>
    public required double FallbackShare { get; init; }

    /// <summary>Inferences that are in no budget's spend, because their cost could not be known: the most of any budget.</summary>
    public required long Unmetered { get; init; }

    /// <summary>Inferences that could not be tracked.</summary>
    public required long Dropped { get; init; }

    internal static BoardQuality Of(EnergyTotals totals, IReadOnlyList<BudgetStatus> budgets) => new()
    {
        Tier = totals.Tier,
        Coverage = totals.Coverage,
        Holes = totals.Devices.Sum(device => device.Holes),
        Uncertainty = Widest(totals.Models.Where(model => model.Energy > Energy.Zero)),
        PricedShare = totals.Carbon.PricedShare,
        FallbackShare = totals.Carbon.FallbackShare,
        Unmetered = budgets.Select(budget => budget.Unmetered).DefaultIfEmpty().Max(),
        Dropped = totals.DroppedScopes,
    };

    private static RelativeUncertainty? Widest(IEnumerable<ModelTotals> models)
    {
        RelativeUncertainty? widest = null;
        foreach (ModelTotals model in models)
        {
            if (model.Uncertainty is not { } band) return null;
            widest = widest is { } so ? new(Math.Max(so.Below, band.Below), Math.Max(so.Above, band.Above)) : band;
        }

        return widest;
    }
}
