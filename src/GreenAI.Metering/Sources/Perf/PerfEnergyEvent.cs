namespace GreenAI.Metering;

/// <summary>An energy event of the PMU <c>power</c>.</summary>
/// <param name="Name">Its name, <c>energy-pkg</c> or <c>energy-ram</c>.</param>
/// <param name="Config">Its number within the PMU.</param>
/// <param name="Shift">n, where a count is 2^−n joules.</param>
internal sealed record PerfEnergyEvent(string Name, ulong Config, int Shift)
{
    public const string Package = "energy-pkg";
    public const string Memory = "energy-ram";

    public EnergyDomain Domain => Name == Memory ? EnergyDomain.Dram : EnergyDomain.CpuPackage;

    /// <summary>
    /// Energy of a count since it was opened: floor(count × 10⁶ / 2^n). From the whole count each time, so that no remainder is
    /// ever lost; at 2^−32 J the largest count is 4,294,967,295,999,999 µJ.
    /// </summary>
    /// <returns>Microjoules; −1 when they exceed 63 bits, as they can only with a scale no kernel has.</returns>
    public long Microjoules(ulong count)
    {
        UInt128 microjoules = ((UInt128)count * 1_000_000) >> Shift;
        return microjoules <= long.MaxValue ? (long)microjoules : -1;
    }
}
