namespace GreenAI.Metering;

/// <summary>The bound on a zone's power beyond which a rise of its counter is refused.</summary>
internal static class RaplMaxPower
{
    private const double CeilingWatts = 2000;

    // On many client processors constraint_0_max_power_uw is the thermal design power, and turbo exceeds that for seconds
    // to minutes (a 65 W desktop part draws over 200 W). Taken as it is, it would turn true energy into holes.
    private const double TurboFactor = 4;
    // Small parts exceed even that: 25 W and more of an N100 (6 W), 64 W of a U-series part (15 W).
    private const double FloorWatts = 250;

    /// <summary>The bound where nothing is stated.</summary>
    public static Power Unknown => Power.FromWatts(CeilingWatts);

    public static Power Of(RaplZone zone)
    {
        // Many kernels print 0 for a limit the firmware does not state.
        long microwatts = RaplAttribute.ReadOrZero(zone.DirectoryPath, "constraint_0_max_power_uw");
        return microwatts > 0 ? Power.FromWatts(Math.Clamp(TurboFactor * microwatts / 1e6, FloorWatts, CeilingWatts)) : Unknown;
    }
}
