namespace GreenAI.Metering;

/// <summary>Looks for power and energy sensors in the hwmon class.</summary>
internal static class HwmonDetection
{
    /// <summary>Looks now.</summary>
    /// <param name="context">Where sysfs is.</param>
    /// <param name="cpuAlreadyMetered">Whether a better source (RAPL) covers the processors.</param>
    /// <param name="gpuAlreadyMetered">Whether another source (NVML) covers a board that a meter of the whole machine contains.</param>
    public static SourceDetection Detect(SourceContext context, bool cpuAlreadyMetered, bool gpuAlreadyMetered = false)
    {
        string root = Path.Combine(context.SysfsRoot, "class", "hwmon");
        IReadOnlyList<HwmonChip> chips = HwmonChip.FindAll(root);
        var survey = new HwmonSurvey(context, cpuAlreadyMetered, gpuAlreadyMetered);

        // Sensors of the processor come first, for they decide whether what contains it is still needed; whole machines last.
        HwmonAmdEnergy.Survey(chips, survey);
        HwmonPowerMeters.SurveyGrace(chips, survey);
        HwmonAmdGpu.Survey(chips, survey);
        HwmonIntelGpu.Survey(chips, survey);
        HwmonPowerMeters.SurveyPlatform(chips, survey);

        return new SourceDetection
        {
            Source = survey.Sensors.Count > 0 ? new HwmonPowerSource(survey.Sensors) : null,
            Findings = [Summary(root, chips, survey), .. survey.Findings],
        };
    }

    private static SourceFinding Summary(string root, IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        if (survey.Sensors.Count == 0)
        {
            string reason = chips.Count == 0
                ? $"{root} has no sensors, which is usual in containers and virtual machines."
                : $"None of the {chips.Count} chips under {root} is a power or energy sensor that can be used.";
            return new SourceFinding { Source = HwmonPowerSource.SourceName, Status = SourceStatus.NotFound, Reason = reason };
        }

        PowerDevice[] devices = [.. survey.Sensors.Select(sensor => sensor.Device)];
        return new SourceFinding
        {
            Source = HwmonPowerSource.SourceName,
            Status = SourceStatus.Used,
            Reason = $"Read through hwmon: {string.Join(", ", devices.Select(device => device.Id))}.",
            Devices = devices,
        };
    }
}
