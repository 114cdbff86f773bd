using System.Buffers.Binary;
using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>Changes a block of a trace and gives it the checksum it must have then.</summary>
internal static class SealedTrace
{
    public static byte[] Replace(byte[] trace, byte kind, Func<string, string> text) =>
        Rewrite(trace, kind, payload => Encoding.UTF8.GetBytes(text(Encoding.UTF8.GetString(payload))));

    public static byte[] Change(byte[] trace, byte kind, Action<byte[]> change) => Rewrite(trace, kind, payload =>
    {
        change(payload);
        return payload;
    });

    private static byte[] Rewrite(byte[] trace, byte kind, Func<byte[], byte[]> rewrite)
    {
        using var other = new MemoryStream();
        other.Write(trace, 0, TraceFormat.PreambleSize);
        for (int at = TraceFormat.PreambleSize; at < trace.Length;)
        {
            uint head = BinaryPrimitives.ReadUInt32LittleEndian(trace.AsSpan(at));
            int length = (int)(head & 0xFF_FFFF);
            byte[] payload = trace.AsSpan(at + TraceFormat.BlockHeaderSize, length).ToArray();
            if (head >> 24 == kind) payload = rewrite(payload);
            byte[] block = new byte[TraceFormat.BlockHeaderSize + payload.Length];
            payload.CopyTo(block, TraceFormat.BlockHeaderSize);
            TraceFormat.Seal(block, (byte)(head >> 24), BinaryPrimitives.ReadUInt32LittleEndian(trace.AsSpan(at + 4)));
            other.Write(block);
            at += TraceFormat.BlockHeaderSize + length;
        }

        return other.ToArray();
    }
}
