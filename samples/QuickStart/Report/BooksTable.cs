using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>
/// Every bucket of every device in whole microjoules, and a line per device that proves nothing was lost or invented.
/// </summary>
internal static class BooksTable
{
    // Three columns of microjoules beside the bucket and its meaning fit into a hundred characters.
    private const int DevicesPerTable = 3;

    public static void Print(IAnsiConsole console, IReadOnlyList<DeviceBooks> devices)
    {
        foreach (DeviceBooks[] some in devices.Chunk(DevicesPerTable)) PrintTable(console, some);
        foreach (DeviceBooks device in devices)
        {
            console.WriteLine(device.Id, new Style(decoration: Decoration.Bold));
            string sum = string.Join(" + ", EnergyBucket.All.Select(bucket => bucket.Name));
            console.WriteLine($"  {sum} - counter = {SiText.Count(device.Difference)} µJ");
            if (device.Readings is { } readings)
                console.WriteLine($"  the hardware's counter went from {SiText.Count(readings.First)} to {SiText.Count(readings.Last)} µJ");
        }
    }

    private static void PrintTable(IAnsiConsole console, DeviceBooks[] devices)
    {
        Table table = ReportTable.Create("Where the energy went, in microjoules");
        table.AddColumn(ReportTable.Text("bucket").NoWrap());
        table.AddColumn(ReportTable.Text("what it holds"));
        foreach (DeviceBooks device in devices) table.AddColumn(ReportTable.Text(device.Id).RightAligned());
        foreach (EnergyBucket bucket in EnergyBucket.All)
        {
            AddRow(bucket.Name, bucket.Meaning, d => SiText.Count(bucket.Microjoules(d)));
        }

        table.AddEmptyRow();
        AddRow("counter", "what the device counted", d => SiText.Count(d.Counter));
        AddRow("difference", "lost or invented", d => SiText.Count(d.Difference));
        AddRow("coverage", "share of time it was read", d => SiText.Percent(d.Coverage));
        AddRow("tier", "source of the numbers", d => d.Tier.ToString());
        console.Write(table);

        void AddRow(string name, string meaning, Func<DeviceBooks, string> cell) =>
            table.AddRow([new Text(name), new Text(meaning), .. devices.Select(device => new Text(cell(device)))]);
    }
}
