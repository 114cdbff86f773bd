namespace GreenAI.Metering;

/// <summary>ACPI power meters (driver <c>power_meter</c>): NVIDIA Grace modules by part, or a whole machine.</summary>
internal static class HwmonPowerMeters
{
    // Grace: averages of 50 ms (NVIDIA). Other firmware usually asks its management controller once a second.
    private static readonly TimeSpan _gracePeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _platformPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Takes the Grace sockets, as processors.</summary>
    public static void SurveyGrace(IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        bool metered = survey.CpuMetered;
        foreach ((HwmonChip chip, GraceMeter meter) in Grace(chips).Where(item => item.Meter.Part == GraceMeter.Grace))
        {
            if (metered) survey.Skip($"{chip.Name} of Grace socket {meter.Socket} reads a processor that is already metered.");
            else if (HwmonReadings.FindPower(chip) is { } path) survey.Try(Socket(chip, meter), path);
        }
    }

    /// <summary>Takes what covers the machine, when nothing in it is metered on its own.</summary>
    public static void SurveyPlatform(IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        bool modules = Grace(chips).Any(item => item.Meter.Part == GraceMeter.Module);
        bool taken = false;
        foreach (HwmonChip chip in Meters(chips))
        {
            GraceMeter? grace = GraceMeter.Parse(chip.Label("power1_oem_info"));
            if (grace is { Part: GraceMeter.Grace }) continue;
            string id = grace is { } meter ? $"hwmon:module-{meter.Socket}" : survey.Identify(chip);
            if (chip.Label("power1_is_battery") == "1")
                survey.Skip($"{id} measures a battery.");
            else if (grace is { Part: not GraceMeter.Module } part)
                survey.Skip($"The {part.Part} meter of socket {part.Socket} lies inside Grace: it is not added.");
            else if (survey.CpuMetered || survey.GpuMetered)
                survey.Skip($"{id} covers the machine, parts of which are already metered.");
            else if (taken && grace is null)
                survey.Skip($"{id} may overlap another power meter: only one is used.");
            else if (modules && grace is null)
                survey.Skip($"{id} may overlap the module meters, which are used.");
            else if (HwmonReadings.FindPower(chip) is { } path)
            {
                survey.Try(Platform(id, chip, grace), path);
                taken = survey.Has(EnergyDomain.Platform);
            }
            else
                survey.Fail($"{id} has neither power1_average nor power1_input.");
        }
    }

    private static IEnumerable<HwmonChip> Meters(IReadOnlyList<HwmonChip> chips) => chips.Where(chip => chip.Name == "power_meter");

    private static IEnumerable<(HwmonChip Chip, GraceMeter Meter)> Grace(IReadOnlyList<HwmonChip> chips)
    {
        foreach (HwmonChip chip in Meters(chips))
        {
            if (GraceMeter.Parse(chip.Label("power1_oem_info")) is { } meter) yield return (chip, meter);
        }
    }

    private static PowerDevice Socket(HwmonChip chip, GraceMeter meter) => new()
    {
        Id = $"hwmon:grace-{meter.Socket}",
        Name = $"NVIDIA Grace socket {meter.Socket}",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        Reading = DeviceReading.Power,
        UpdatePeriod = HwmonReadings.UpdatePeriod(chip, _gracePeriod),
        Uncertainty = HwmonReadings.PolledPower,
        Remark = "Processor, its memory and system I/O.",
    };

    private static PowerDevice Platform(string id, HwmonChip chip, GraceMeter? grace) => new()
    {
        Id = id,
        Name = grace is { } meter ? $"NVIDIA module socket {meter.Socket}" : "ACPI power meter",
        Domain = EnergyDomain.Platform,
        Tier = MeasurementTier.Measured,
        Reading = DeviceReading.Power,
        UpdatePeriod = HwmonReadings.UpdatePeriod(chip, grace is null ? _platformPeriod : _gracePeriod),
        Uncertainty = HwmonReadings.PolledPower,
        MaxPower = Power.FromWatts(20_000),
        Remark = "The whole platform as its firmware measures it: fans, drives and accelerators are inside.",
    };
}
