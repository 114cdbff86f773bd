namespace GreenAI.Metering;

/// <summary>A metered device in a report.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportDevice
{
    /// <summary>Its identifier, unique in the host.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What its counter covers.</summary>
    public required EnergyDomain Domain { get; init; }

    /// <summary>The tier of its readings; unavailable when none succeeded.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>Sum of its counter's deltas.</summary>
    public required Energy Total { get; init; }

    /// <summary>Its idle floor.</summary>
    public required Energy Idle { get; init; }

    /// <summary>What other processes drew from it above the floor.</summary>
    public required Energy Other { get; init; }

    /// <summary>Fraction of the time for which it was read, from 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Failed readings and intervals whose energy is not known.</summary>
    public required long Holes { get; init; }

    /// <summary>The part of a device's books that a report shows.</summary>
    public static ReportDevice From(DeviceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return new()
        {
            Id = totals.Device.Id,
            Name = totals.Device.Name,
            Domain = totals.Device.Domain,
            Tier = totals.Coverage > 0 ? totals.Device.Tier : MeasurementTier.Unavailable,
            Total = totals.Total,
            Idle = totals.Idle,
            Other = totals.Other,
            Coverage = totals.Coverage,
            Holes = totals.Holes,
        };
    }
}
