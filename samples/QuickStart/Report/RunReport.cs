using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>All that is told after the run.</summary>
internal sealed record RunReport(IReadOnlyList<ModelRow> Models, IReadOnlyList<DeviceBooks> Devices, SelfCost? SelfCost)
{
    /// <summary>Whether on every device the buckets sum to what its counter says, and every inference was billed once.</summary>
    public bool Balanced => Devices.All(device => device.Difference == 0) && Models.All(model => model.Metered == model.Inferences);

    /// <summary>Puts the meter's totals beside what the workload itself counted.</summary>
    public static RunReport From(EnergyTotals totals, IEnumerable<(string Name, long Inferences, double Accuracy)> workload) => new(
        [.. workload.Select(row => Model(row.Name, row.Inferences, row.Accuracy, totals.Model(row.Name)))],
        [.. totals.Devices.Select(Books)],
        new SelfCost(totals.SelfCost.ProcessorTime, totals.Elapsed, totals.SelfCost.Power));

    public void Print(IAnsiConsole console)
    {
        console.WriteLine();
        ModelTable.Print(console, Models);
        console.WriteLine();
        if (Devices.Count > 0) BooksTable.Print(console, Devices);
        else console.WriteLine("No device was metered: there are no joules to account for.");
        if (SelfCost is not { } cost) return;
        console.WriteLine();
        SelfCostLine.Print(console, cost);
    }

    private static ModelRow Model(string name, long inferences, double accuracy, ModelTotals? totals) => new(name, inferences, accuracy)
    {
        Energy = totals is { Tier: not MeasurementTier.Unavailable } ? totals.Energy : null,
        WithIdle = totals is { Tier: not MeasurementTier.Unavailable } ? totals.EnergyWithIdle : null,
        Tier = totals?.Tier ?? MeasurementTier.Unavailable,
        Uncertainty = totals is { Tier: not MeasurementTier.Unavailable } ? totals.Uncertainty : null,
        LearnedWatts = totals is { LearnedPower: { Count: > 0 } powers } && powers.All(static power => power.IsIdentified)
            ? powers.Sum(static power => power.Power.Watts)
            : null,
        Metered = totals?.Inferences ?? 0,
    };

    private static DeviceBooks Books(DeviceTotals device) => new(device.Device.Id, device.Device.Name, device.Device.Tier)
    {
        Settled = device.Settled.Microjoules,
        Open = device.Open.Microjoules,
        Late = device.Late.Microjoules,
        Idle = device.Idle.Microjoules,
        Unattributed = device.Unattributed.Microjoules,
        Other = device.Other.Microjoules,
        Counter = device.Total.Microjoules,
        Coverage = device.Coverage,
        Readings = device.FirstReading is { } first && device.LastReading is { } last ? (first.Microjoules, last.Microjoules) : null,
    };
}
