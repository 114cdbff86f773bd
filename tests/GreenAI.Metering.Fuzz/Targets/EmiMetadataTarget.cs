using System.Buffers.Binary;
using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>What a Windows energy meter says of itself, in both versions.</summary>
internal sealed class EmiMetadataTarget : IFuzzTarget
{
    public string Name => "emi-metadata";

    public int Inputs => 500_000;

    // A channel for each 6 bytes at most, and its name.
    public long AllocationBound => 1 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } =
        [First("RAPL_Package0_PKG"), Second("RAPL_Package0_PKG", "RAPL_Package0_PP0", "RAPL_Package0_DRAM"), Second(), Second("A", "")];

    public void Run(ReadOnlySpan<byte> input)
    {
        for (int version = 0; version <= 3; version++)
        {
            string? refusal = EmiMetadata.Parse(input, version, out IReadOnlyList<EmiChannel> channels);
            FuzzFailure.Unless(refusal is null || channels.Count == 0, "a refusal gives no channels");
            FuzzFailure.Unless(channels.Count <= Math.Max(1, input.Length / 6), "each channel takes its bytes");
            foreach (EmiChannel channel in channels)
            {
                FuzzFailure.Unless(!channel.Name.AsSpan().ContainsAnyExceptInRange(' ', '~'), "a name is plain text");
                if (channel.Covers is { } covers) FuzzFailure.Unless(covers.Package >= 0 && channel.Unit == 0, "a package has a number, and picowatt-hours");
            }
        }
    }

    private static byte[] First(string name)
    {
        byte[] text = Encoding.Unicode.GetBytes(name + "\0");
        byte[] metadata = new byte[72 + text.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(metadata.AsSpan(70), (ushort)text.Length);
        text.CopyTo(metadata, 72);
        return metadata;
    }

    private static byte[] Second(params string[] names)
    {
        byte[] header = new byte[68];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(66), (ushort)names.Length);
        List<byte> metadata = [.. header];
        foreach (string name in names)
        {
            byte[] text = Encoding.Unicode.GetBytes(name + "\0");
            byte[] channel = new byte[6];
            BinaryPrimitives.WriteUInt16LittleEndian(channel.AsSpan(4), (ushort)text.Length);
            metadata.AddRange(channel);
            metadata.AddRange(text);
        }

        return [.. metadata];
    }
}
