using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The i915 and xe drivers: energy counters in microjoules, accumulated in 64 bits by the driver.</summary>
internal static class HwmonIntelGpu
{
    // Graphics inside the processor has had this address on every Intel platform: bus 0, device 2, function 0.
    private const string IntegratedAddress = "0000:00:02.0";

    public static void Survey(IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        foreach (HwmonChip chip in chips)
        {
            if (chip.Name == "i915") TryCounter(chip, 1, survey);
            else if (chip.Name.StartsWith("i915_gt", StringComparison.Ordinal)) TryTile(chip, chips, survey);

            // energy2 (the package) lies inside energy1 (the card): never both.
            else if (chip.Name == "xe") TryCounter(chip, chip.Find("energy1_input") is null ? 2 : 1, survey);
        }
    }

    private static void TryTile(HwmonChip tile, IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        bool inside = chips.Any(chip =>
            chip.Name == "i915" && chip.PciAddress == tile.PciAddress && chip.Find("energy1_input") is not null);
        if (inside) survey.Skip($"{tile.Title} lies inside i915 of the same device: it is not added.");
        else TryCounter(tile, 1, survey);
    }

    private static void TryCounter(HwmonChip chip, int channel, HwmonSurvey survey)
    {
        string id = survey.Identify(chip);
        if (chip.Find(Attribute("energy", channel, "_input")) is not { } path)
            survey.Fail($"{id} has no energy counter.");
        else if (chip.PciAddress == IntegratedAddress && survey.CpuMetered)
            survey.Skip($"{id} is graphics inside the processor, which is already metered.");
        else
            survey.Try(Device(id, HwmonReadings.Limit(chip, Attribute("power", channel, "_max"))), path, mayWake: true);
    }

    private static string Attribute(string kind, int channel, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{channel}{suffix}");

    // powerN_max is the sustained limit (PL1) of channel N; 0 when it is switched off (ABI/testing/sysfs-driver-intel-xe-hwmon).
    private static PowerDevice Device(string id, Power? limit) => new()
    {
        Id = id,
        Name = "Intel GPU",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Measured,
        PowerLimit = limit,
        SharedByCpuTime = false,
    };
}
