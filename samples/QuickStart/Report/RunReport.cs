using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>All that is told after the run.</summary>
internal sealed record RunReport(IReadOnlyList<ModelRow> Models, IReadOnlyList<DeviceBooks> Devices, SelfCost? SelfCost)
{
    /// <summary>Whether on every device the buckets sum to what its counter says.</summary>
    public bool Balanced => Devices.All(device => device.Difference == 0);

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
}
