namespace GreenAI.Metering;

/// <summary>The amdgpu driver: power of the board, or of the whole package where graphics and processor share one (APU).</summary>
internal static class HwmonAmdGpu
{
    // Firmware averages within milliseconds and the driver keeps a table of readings for up to 100 ms (its power1_average has
    // no interval attribute): treating it as slower would only blur the intervals.
    private static readonly TimeSpan _usualPeriod = TimeSpan.FromMilliseconds(100);

    private const string Mi300A = "0x74a0";

    public static void Survey(IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        // Asked once: the first of several APUs does not cover the others.
        bool metered = survey.CpuMetered;
        foreach (HwmonChip chip in chips.Where(chip => chip.Name == "amdgpu"))
        {
            bool apu = IsApu(chip);
            string id = survey.Identify(chip);
            if (apu && metered)
                survey.Skip($"{id} is an APU: its power includes the processor, which is already metered.");
            else if (HwmonReadings.FindPower(chip) is { } path)
                survey.Try(apu ? Apu(id, chip) : Board(id, chip), path, mayWake: !apu);
            else
                survey.Fail($"{id} has neither power1_average nor power1_input.");
        }
    }

    // Only an APU has the north-bridge voltage; the MI300A, an APU too, is the exception and has none
    // (drivers/gpu/drm/amd/pm/amdgpu_pm.c, "only APUs other than gc 9,4,3 have vddnb"): its PCI device id tells.
    private static bool IsApu(HwmonChip chip) => chip.Label("in1_label") == "vddnb" || chip.Label("device/device") == Mi300A;

    private static PowerDevice Board(string id, HwmonChip chip) => new()
    {
        Id = id,
        Name = "AMD GPU",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Measured,
        Reading = DeviceReading.Power,
        UpdatePeriod = HwmonReadings.UpdatePeriod(chip, _usualPeriod),
        Uncertainty = HwmonReadings.PolledPower,
        PowerLimit = HwmonReadings.Limit(chip, "power1_cap"),
        SharedByCpuTime = false,
    };

    private static PowerDevice Apu(string id, HwmonChip chip) => new()
    {
        Id = id,
        Name = "AMD APU",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        Reading = DeviceReading.Power,
        UpdatePeriod = HwmonReadings.UpdatePeriod(chip, _usualPeriod),
        Uncertainty = HwmonReadings.PolledPower,
        PowerLimit = HwmonReadings.Limit(chip, "power1_cap"),
        Remark = "APU: processor and graphics together.",
    };
}
