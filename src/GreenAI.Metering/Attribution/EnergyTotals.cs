namespace GreenAI.Metering;

/// <summary>The books: every microjoule the counters gave since metering began, by where it went.</summary>
/// <remarks>A snapshot: immutable and thread-safe.</remarks>
public sealed class EnergyTotals
{
    /// <summary>Each metered device.</summary>
    public required IReadOnlyList<DeviceTotals> Devices { get; init; }

    /// <summary>Each registered model, in order of registration.</summary>
    public required IReadOnlyList<ModelTotals> Models { get; init; }

    /// <summary>Sum of all counter deltas.</summary>
    public Energy Total => Sum(device => device.Total);

    /// <summary>Final bills of inferences.</summary>
    public Energy Settled => Sum(device => device.Settled);

    /// <summary>Assigned to inferences that have not ended, or that wait for a device.</summary>
    public Energy Open => Sum(device => device.Open);

    /// <summary>Measured for bills that had to be closed before a counter moved.</summary>
    public Energy Late => Sum(device => device.Late);

    /// <summary>The idle floor.</summary>
    public Energy Idle => Sum(device => device.Idle);

    /// <summary>Dynamic energy of this process while no inference was active.</summary>
    public Energy Unattributed => Sum(device => device.Unattributed);

    /// <summary>Dynamic energy of other processes.</summary>
    public Energy Other => Sum(device => device.Other);

    /// <summary><see cref="Total"/> less all buckets: 0 µJ, always.</summary>
    public Energy Unaccounted => Sum(device => device.Unaccounted);

    /// <summary>The same in grams of CO2e, where factors are configured; why not, elsewhere.</summary>
    public required CarbonTotals Carbon { get; init; }

    /// <summary>The worst tier of the devices that were read; unavailable when none was.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>The lowest coverage of the devices; 0 when there is none.</summary>
    public double Coverage => Devices.Count == 0 ? 0 : Devices.Min(device => device.Coverage);

    /// <summary>Scopes begun and not ended.</summary>
    public int OpenScopes { get; init; }

    /// <summary>Inferences that could not be tracked because <see cref="GreenAIMeteringOptions.MaxScopes"/> were in use.</summary>
    public long DroppedScopes { get; init; }

    /// <summary>Time since metering began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What metering itself has cost.</summary>
    public required MeteringCost SelfCost { get; init; }

    /// <summary>The totals of a model by its name; null when no such model is registered.</summary>
    public ModelTotals? Model(string name) => Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private Energy Sum(Func<DeviceTotals, Energy> part)
    {
        Energy sum = Energy.Zero;
        foreach (DeviceTotals device in Devices) sum += part(device);
        return sum;
    }
}
