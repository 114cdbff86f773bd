namespace GreenAI.Metering;

/// <summary>The joules of a report, by where they went. The buckets sum to the total, in whole microjoules.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportEnergy
{
    /// <summary>Sum of all counter deltas.</summary>
    public required Energy Total { get; init; }

    /// <summary>Final bills of inferences.</summary>
    public required Energy Settled { get; init; }

    /// <summary>Assigned to inferences that had not ended, or that waited for a device.</summary>
    public required Energy Open { get; init; }

    /// <summary>Measured for bills that had to be closed before a counter moved.</summary>
    public required Energy Late { get; init; }

    /// <summary>The idle floor.</summary>
    public required Energy Idle { get; init; }

    /// <summary>Dynamic energy of the process while no inference was active.</summary>
    public required Energy Unattributed { get; init; }

    /// <summary>Dynamic energy of other processes.</summary>
    public required Energy Other { get; init; }

    /// <summary>The lowest coverage of the devices, from 0 to 1; 0 when there is none.</summary>
    public required double Coverage { get; init; }

    /// <summary>The worst tier of the devices that were read; unavailable when none was: then the joules mean nothing.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>The part of a meter's books that a report shows.</summary>
    public static ReportEnergy From(EnergyTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return new()
        {
            Total = totals.Total,
            Settled = totals.Settled,
            Open = totals.Open,
            Late = totals.Late,
            Idle = totals.Idle,
            Unattributed = totals.Unattributed,
            Other = totals.Other,
            Coverage = totals.Coverage,
            Tier = totals.Tier,
        };
    }
}
