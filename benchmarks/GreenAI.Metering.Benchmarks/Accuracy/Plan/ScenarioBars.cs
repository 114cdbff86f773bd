namespace GreenAI.Metering.Benchmarks;

/// <summary>What a scenario is held to, each on its worst seed; null for no bar. Percent of true energy, except where it says otherwise.</summary>
/// <param name="Misallocated">Of all energy.</param>
/// <param name="LargeModelError">Of each model with more than 20 % of the energy.</param>
/// <param name="SmallModelError">Of each model with more than 2 % of the energy.</param>
/// <param name="WorseThanEqualPoints">Percentage points misallocated beyond what equal time shares misallocate.</param>
/// <param name="RelearnSeconds">Seconds of a model's activity after its cost changed.</param>
internal sealed record ScenarioBars(
    double? Misallocated, double? LargeModelError, double? SmallModelError, double? WorseThanEqualPoints, double? RelearnSeconds);
