namespace GreenAI.Metering;

/// <summary>A charter in a board report: what was promised, and what it took so far.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardCharter
{
    internal BoardCharter()
    {
    }

    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>What it shall reach.</summary>
    public required string Objective { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The quality to reach: its metric; null when none was named.</summary>
    public string? QualityMetric { get; init; }

    /// <summary>The quality to reach: its value; null when none was named.</summary>
    public double? QualityTarget { get; init; }

    /// <summary>Energy-to-Solution as estimated, in kWh; null when it was not.</summary>
    public double? EstimateKilowattHours { get; init; }

    /// <summary>How that was estimated.</summary>
    public required string EstimateMethod { get; init; }

    /// <summary>What was spent so far, in kWh; null when nothing was metered.</summary>
    public double? ActualKilowattHours { get; init; }

    /// <summary>Of what that is the energy, as a sentence; why it is not known, where it is not.</summary>
    public required string ActualBasis { get; init; }

    /// <summary>Whether the outcome was reached; null when no attempt was recorded.</summary>
    public bool? IsReached { get; init; }

    /// <summary>The budget it spends; null for none.</summary>
    public string? Budget { get; init; }

    /// <summary>When it is to be looked at again.</summary>
    public required DateOnly ReviewDate { get; init; }

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public required IReadOnlyList<CharterProblem> Problems { get; init; }

    internal static BoardCharter Of(BoardReportInput input, Charter charter)
    {
        (double? actual, bool? reached, string basis) = Actual(input, charter.Model);
        return new()
        {
            Project = charter.Project,
            Owner = charter.Owner,
            Objective = charter.Objective,
            Model = charter.Model,
            QualityMetric = charter.QualityMetric,
            QualityTarget = Figures.Finite(charter.QualityTarget),
            EstimateKilowattHours = Figures.Finite(charter.EnergyToSolutionKilowattHours),
            EstimateMethod = charter.EstimateMethod,
            ActualKilowattHours = actual,
            ActualBasis = basis,
            IsReached = reached,
            Budget = charter.Budget,
            ReviewDate = charter.ReviewDate,
            Problems = [.. CharterCheck.Check(input.Policy, charter, DateOnly.FromDateTime(input.GeneratedAt.UtcDateTime), actual)],
        };
    }

    // Attempts that the application recorded are what Energy-to-Solution is of; without any, all that the model took here.
    private static (double? KilowattHours, bool? IsReached, string Basis) Actual(BoardReportInput input, string model)
    {
        foreach (KpiReading reading in input.Kpis)
        {
            if (reading.Model == model && reading.Value.Kpi == Kpi.EnergyToSolution && reading.Value.Gap is KpiGap.None or KpiGap.NotAchieved)
                return (Figures.Finite(reading.Value.Numerator), reading.Value.Gap == KpiGap.None, "All attempts that were recorded, failed ones too.");
        }

        return input.Totals.Model(model) is { Tier: not MeasurementTier.Unavailable } totals
            ? (totals.EnergyWithIdle.KilowattHours, null, "All that this process has metered of the model since it began; no attempt was recorded.")
            : (null, null, "No attempt was recorded, and nothing was metered of the model.");
    }
}
