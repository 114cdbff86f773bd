namespace GreenAI.Metering.Tests;

/// <summary>All worked examples.</summary>
internal static class KpiExamples
{
    public static IEnumerable<KpiExample> All => [.. CarbonExamples.All, .. EnergyExamples.All, .. ModelExamples.All, .. DeviceExamples.All];
}
