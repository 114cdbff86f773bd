namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>One of the places where a device's joules can be.</summary>
internal sealed record EnergyBucket(string Name, string Meaning, Func<DeviceBooks, long> Microjoules)
{
    /// <summary>All of them, in the order of the conservation line.</summary>
    public static IReadOnlyList<EnergyBucket> All { get; } =
    [
        new("settled", "final bills of inferences", books => books.Settled),
        new("open", "inferences not ended yet", books => books.Open),
        new("late", "billed before it counted", books => books.Late),
        new("idle", "drawn with nobody at work", books => books.Idle),
        new("unattributed", "ours, outside inferences", books => books.Unattributed),
        new("other", "other processes", books => books.Other),
    ];
}
