namespace GreenAI.Metering.Benchmarks;

/// <summary>A host, its models and its load, whose true energies are known.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required ScenarioClass Class { get; init; }

    /// <summary>Quiet before the first request.</summary>
    public required double LeadInSeconds { get; init; }

    /// <summary>Time under load.</summary>
    public required double DurationSeconds { get; init; }

    public required CounterPlan Counter { get; init; }

    public required IdlePlan Idle { get; init; }

    public required HostPlan Host { get; init; }

    public required ForeignPlan Foreign { get; init; }

    public required IReadOnlyList<ModelPlan> Models { get; init; }

    public required IReadOnlyList<ArrivalPlan> Arrivals { get; init; }

    public required PausePlan Pauses { get; init; }

    public required ScenarioBars Bars { get; init; }

    /// <summary>Lead-in and load.</summary>
    public double TotalSeconds => LeadInSeconds + DurationSeconds;
}
