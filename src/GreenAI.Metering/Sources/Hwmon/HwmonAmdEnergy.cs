namespace GreenAI.Metering;

/// <summary>The out-of-tree amd_energy driver: one energy counter for each core and each socket, accumulated in 64 bits.</summary>
internal static class HwmonAmdEnergy
{
    private const int MaxLabels = 4096;

    public static void Survey(IReadOnlyList<HwmonChip> chips, HwmonSurvey survey)
    {
        foreach (HwmonChip chip in chips.Where(chip => chip.Name == "amd_energy"))
        {
            if (survey.CpuMetered)
            {
                survey.Skip("amd_energy reads the processor sockets, which are already metered.");
                return;
            }

            for (int i = 1; i <= MaxLabels && chip.Label($"energy{i}_label") is { } label; i++)
            {
                // Ecore… lies inside Esocket…: never added.
                if (label.StartsWith("Esocket", StringComparison.Ordinal) && chip.Find($"energy{i}_input") is { } path)
                    survey.Try(Socket(label["Esocket".Length..]), path);
            }

            return;
        }
    }

    private static PowerDevice Socket(string number) => new()
    {
        Id = $"hwmon:amd_energy-{number}",
        Name = $"AMD socket {number}",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
    };
}
