using System.Buffers.Binary;

namespace GreenAI.Metering;

/// <summary>One channel's part of a measurement, <c>EMI_CHANNEL_MEASUREMENT_DATA</c>: 16 bytes.</summary>
/// <param name="Picowatthours">Energy since some moment.</param>
/// <param name="HardwareTime">When it was measured, in steps of 100 ns of the meter's own clock.</param>
internal readonly record struct EmiMeasurement(ulong Picowatthours, ulong HardwareTime)
{
    public const int Length = 16;

    // 1 pWh = 3.6e-9 J = 9 / 2,500 µJ.
    private const uint Numerator = 9;
    private const uint Denominator = 2500;

    /// <summary>
    /// The energy in whole microjoules: floor(pWh × 9 / 2,500), from the whole counter each time so that no remainder is ever lost.
    /// The largest counter is 66,408,278,665,350,978 µJ.
    /// </summary>
    public long Microjoules => (long)((UInt128)Picowatthours * Numerator / Denominator);

    /// <summary>Takes a channel out of a measurement; false when it does not reach that far.</summary>
    public static bool TryRead(ReadOnlySpan<byte> measurement, int channel, out EmiMeasurement result)
    {
        result = default;
        if (channel < 0 || channel >= measurement.Length / Length) return false;
        ReadOnlySpan<byte> own = measurement.Slice(channel * Length, Length);
        result = new EmiMeasurement(BinaryPrimitives.ReadUInt64LittleEndian(own), BinaryPrimitives.ReadUInt64LittleEndian(own[8..]));
        return true;
    }
}
