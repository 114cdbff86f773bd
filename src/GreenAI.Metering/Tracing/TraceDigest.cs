using System.Numerics;

namespace GreenAI.Metering;

/// <summary>A checksum of the books, by which a replay tells whether it came to what was recorded.</summary>
internal static class TraceDigest
{
    public static uint Of(EnergyTotals totals)
    {
        uint digest = uint.MaxValue;
        foreach (DeviceTotals device in totals.Devices)
        {
            Add(ref digest, device.Total, device.Settled, device.Open, device.Late);
            Add(ref digest, device.Idle, device.Unattributed, device.Other);
            Add(ref digest, device.Holes);
        }

        foreach (ModelTotals model in totals.Models)
        {
            Add(ref digest, model.Settled, model.Open, model.Late, model.EnergyWithIdle);
            Add(ref digest, model.Succeeded, model.Failed, model.Abandoned, model.WorkUnits, model.ActiveTime.Ticks);
        }

        return ~digest;
    }

    private static void Add(ref uint digest, params ReadOnlySpan<Energy> energies)
    {
        foreach (Energy energy in energies) Add(ref digest, energy.Microjoules);
    }

    private static void Add(ref uint digest, params ReadOnlySpan<long> values)
    {
        foreach (long value in values) digest = BitOperations.Crc32C(digest, (ulong)value);
    }
}
