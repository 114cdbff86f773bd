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
            if (chip.Name == "i915") TryCounter(chip, chip.Find("energy1_input"), survey);
            else if (chip.Name.StartsWith("i915_gt", StringComparison.Ordinal)) TryTile(chip, chips, survey);

            // energy2 (the package) lies inside energy1 (the card): never both.
            else if (chip.Name == "xe") TryCounter(chip, chip.Find("energy1_input") ?? chip.Find("energy2_input"), survey);
        }
    }

    private static void TryTile(HwmonChip tile, IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        bool inside = chips.Any(chip =>
            chip.Name == "i915" && chip.PciAddress == tile.PciAddress && chip.Find("energy1_input") is not null);
        if (inside) survey.Skip($"{tile.Title} lies inside i915 of the same device: it is not added.");
        else TryCounter(tile, tile.Find("energy1_input"), survey);
    }

    private static void TryCounter(HwmonChip chip, string? path, HwmonSurvey survey)
    {
        string id = survey.Identify(chip);
        if (path is null)
            survey.Fail($"{id} has no energy counter.");
        else if (chip.PciAddress == IntegratedAddress && survey.CpuMetered)
            survey.Skip($"{id} is graphics inside the processor, which is already metered.");
        else
            survey.Try(Device(id), path, mayWake: true);
    }

    private static PowerDevice Device(string id) => new()
    {
        Id = id,
        Name = "Intel GPU",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Measured,
        SharedByCpuTime = false,
    };
}
