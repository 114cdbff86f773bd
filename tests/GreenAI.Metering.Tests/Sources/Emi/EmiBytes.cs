using System.Buffers.Binary;
using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>Makes the buffers a driver answers with, as emi.h lays them out.</summary>
internal static class EmiBytes
{
    public static byte[] FirstVersion(string name, uint unit = 0)
    {
        byte[] text = Encoding.Unicode.GetBytes(name + '\0');
        byte[] metadata = new byte[72 + text.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(metadata, unit);
        Encoding.Unicode.GetBytes("OEM", metadata.AsSpan(4));
        Encoding.Unicode.GetBytes("Model", metadata.AsSpan(36));
        BinaryPrimitives.WriteUInt16LittleEndian(metadata.AsSpan(68), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(metadata.AsSpan(70), (ushort)text.Length);
        text.CopyTo(metadata, 72);
        return metadata;
    }

    public static byte[] SecondVersion(params string[] names)
    {
        using var metadata = new MemoryStream();
        byte[] header = new byte[68];
        Encoding.Unicode.GetBytes("Microsoft", header.AsSpan(0));
        Encoding.Unicode.GetBytes("Processor", header.AsSpan(32));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(64), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(66), (ushort)names.Length);
        metadata.Write(header);
        foreach (string name in names)
        {
            byte[] text = Encoding.Unicode.GetBytes(name + '\0');
            byte[] channel = new byte[6];
            BinaryPrimitives.WriteUInt16LittleEndian(channel.AsSpan(4), (ushort)text.Length);
            metadata.Write(channel);
            metadata.Write(text);
        }

        return metadata.ToArray();
    }

    public static byte[] Measurement(params (ulong Picowatthours, ulong HardwareTime)[] channels)
    {
        byte[] measurement = new byte[16 * channels.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(measurement.AsSpan(16 * i), channels[i].Picowatthours);
            BinaryPrimitives.WriteUInt64LittleEndian(measurement.AsSpan((16 * i) + 8), channels[i].HardwareTime);
        }

        return measurement;
    }
}
