namespace GreenAI.Metering;

/// <summary>Picks the attribute of a chip to read, and tells how often it is refreshed.</summary>
internal static class HwmonReadings
{
    /// <summary>Accuracy of power that is polled and integrated: the middle of the ±10 to 35 % found for GPUs (arXiv 2312.02741).</summary>
    public static RelativeUncertainty PolledPower => RelativeUncertainty.Symmetric(0.25);

    /// <summary>The path of the power reading: the average, which misses nothing between two polls, else the momentary one.</summary>
    public static string? FindPower(HwmonChip chip)
    {
        string? average = chip.Find("power1_average");
        string? input = chip.Find("power1_input");
        return average is not null && (input is null || Reads(average) || !Reads(input)) ? average : input;
    }

    /// <summary>How long the average reaches back, which is how often a new value comes; otherwise what is usual for the driver.</summary>
    public static TimeSpan UpdatePeriod(HwmonChip chip, TimeSpan usual)
    {
        // Milliseconds (sysfs-interface.rst). Firmware that says 0, or more than a minute, says nothing.
        return chip.Find("power1_average_interval") is { } path
            && KernelSnapshot.TryRead(path, 32, out byte[] bytes) == SampleFault.None
            && KernelText.TryParseCounter(bytes, out long milliseconds)
            && milliseconds is > 0 and <= 60_000
            ? TimeSpan.FromMilliseconds(milliseconds)
            : usual;
    }

    /// <summary>A power limit in microwatts; null where there is none: drivers print 0 for a limit that is switched off.</summary>
    public static Power? Limit(HwmonChip chip, string attribute) =>
        chip.Find(attribute) is { } path
        && KernelSnapshot.TryRead(path, 32, out byte[] bytes) == SampleFault.None
        && KernelText.TryParseCounter(bytes, out long microwatts)
        && microwatts > 0
            ? Power.FromWatts(microwatts / 1e6)
            : null;

    private static bool Reads(string path) =>
        KernelSnapshot.TryRead(path, 32, out byte[] bytes) == SampleFault.None && KernelText.TryParseCounter(bytes, out long value) && value > 0;
}
