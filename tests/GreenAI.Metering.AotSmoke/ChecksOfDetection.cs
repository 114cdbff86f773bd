using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AotSmoke;

/// <summary>The report says what was found, and what was not looked for.</summary>
internal static class ChecksOfDetection
{
    public static void Run(CheckList checks, DetectionReport report, MeteredTree tree)
    {
        checks.Equal(tree.Zones, report.Devices.Count(), "detection: every zone once");
        checks.Equal(2, report.Devices.Count(device => device.Domain == EnergyDomain.Dram), "detection: the memories");
        checks.That(report.Devices.All(device => device.Tier == MeasurementTier.Measured), "detection: measured", report.ToString());
        checks.Contains("rapl: Used.", report.ToString(), "detection: the report names what is used");
        checks.Contains("nvml: Disabled.", report.ToString(), "detection: the report names what is not");
    }
}
