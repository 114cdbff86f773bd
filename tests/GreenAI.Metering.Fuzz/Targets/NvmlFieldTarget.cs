using System.Runtime.InteropServices;

namespace GreenAI.Metering.Fuzz;

/// <summary>An item of a batch of NVML field values as a driver may fill it.</summary>
internal sealed class NvmlFieldTarget : IFuzzTarget
{
    public string Name => "nvml-field";

    public int Inputs => 1_000_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } = [Item(3, 0, 1_500_000), Item(0, 0, BitConverter.DoubleToUInt64Bits(250.5)), Item(2, 0, ulong.MaxValue), Item(1, 2, 0)];

    public void Run(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[40];
        bytes.Clear();
        input[..Math.Min(input.Length, 40)].CopyTo(bytes);
        NvmlFieldValue item = MemoryMarshal.Read<NvmlFieldValue>(bytes);
        FuzzFailure.Unless(item.TryGetNumber(out ulong number, windows: false) || number == 0, "what is no number is 0");
        bool narrow = item.TryGetNumber(out ulong windows, windows: true);
        FuzzFailure.Unless(!narrow || windows <= number, "Windows' unsigned long is the lower half");
        NvmlReturn result = NvmlReading.Take(in item, out ulong value);
        FuzzFailure.Unless(result != NvmlReturn.Success || value > 0, "a success is a reading above 0");
    }

    private static byte[] Item(int type, int code, ulong bits)
    {
        byte[] item = new byte[40];
        BitConverter.TryWriteBytes(item.AsSpan(24), type);
        BitConverter.TryWriteBytes(item.AsSpan(28), code);
        BitConverter.TryWriteBytes(item.AsSpan(32), bits);
        return item;
    }
}
