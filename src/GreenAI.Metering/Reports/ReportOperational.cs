namespace GreenAI.Metering;

/// <summary>Operational grams by where the energy went. The buckets sum to the total, in whole micrograms.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportOperational
{
    /// <summary>All of them.</summary>
    public required CarbonMass Total { get; init; }

    /// <summary>Of energy assigned to models.</summary>
    public required CarbonMass Models { get; init; }

    /// <summary>Of the idle floor.</summary>
    public required CarbonMass Idle { get; init; }

    /// <summary>Of dynamic energy of the process while no inference was active.</summary>
    public required CarbonMass Unattributed { get; init; }

    /// <summary>Of dynamic energy of other processes.</summary>
    public required CarbonMass Other { get; init; }
}
