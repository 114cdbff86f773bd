namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What the metering itself took; its power is null where no device could be read.</summary>
internal sealed record SelfCost(TimeSpan CpuTime, TimeSpan Elapsed, Power? Power);
