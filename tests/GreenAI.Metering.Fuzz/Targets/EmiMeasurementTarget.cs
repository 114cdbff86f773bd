using System.Buffers.Binary;

namespace GreenAI.Metering.Fuzz;

/// <summary>A measurement of a Windows energy meter: 16 bytes a channel.</summary>
internal sealed class EmiMeasurementTarget : IFuzzTarget
{
    public string Name => "emi-measurement";

    public int Inputs => 500_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } = [Channels(1_000_000_000), Channels(0, ulong.MaxValue), Channels(1, 2, 3, 4), []];

    public void Run(ReadOnlySpan<byte> input)
    {
        for (int channel = -1; channel <= input.Length / EmiMeasurement.Length; channel++)
        {
            bool read = EmiMeasurement.TryRead(input, channel, out EmiMeasurement measurement);
            FuzzFailure.Unless(read == (channel >= 0 && (channel + 1) * EmiMeasurement.Length <= input.Length), "a channel is read when it is there");
            FuzzFailure.Unless(measurement.Microjoules >= 0, "energy is not negative");
            FuzzFailure.Unless(measurement.Microjoules == (long)(measurement.Picowatthours / 2500 * 9 + measurement.Picowatthours % 2500 * 9 / 2500), "picowatt-hours are 9/2500 of a microjoule");
        }
    }

    private static byte[] Channels(params ulong[] energies)
    {
        byte[] bytes = new byte[energies.Length * EmiMeasurement.Length];
        for (int i = 0; i < energies.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * EmiMeasurement.Length), energies[i]);
        return bytes;
    }
}
