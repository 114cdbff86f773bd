namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>One of the places where a device's joules can be.</summary>
internal sealed record EnergyBucket(string Name, string Meaning, Func<DeviceBooks, long> Microjoules)
{
    /// <summary>All of them, in the order of the conservation line.</summary>
    public static IReadOnlyList<EnergyBucket> All { get; } =
    [
        new("settled", "inferences whose bills are final", books => books.Settled),
        new("open", "inferences that have not ended", books => books.Open),
        new("late", "billed before the counter moved", books => books.Late),
        new("idle", "drawn with nobody at work", books => books.Idle),
        new("unattributed", "this process, outside inferences", books => books.Unattributed),
        new("other", "other processes", books => books.Other),
    ];
}
