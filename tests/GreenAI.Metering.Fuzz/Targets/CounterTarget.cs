namespace GreenAI.Metering.Fuzz;

/// <summary>The number of <c>energy_uj</c>, of its range, and of every hwmon attribute.</summary>
internal sealed class CounterTarget : IFuzzTarget
{
    public string Name => "counter";

    public int Inputs => 1_000_000;

    public long AllocationBound => 0;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "0\n"u8.ToArray(), "262143328850\n"u8.ToArray(), "65712999613\n"u8.ToArray(), "9223372036854775807\n"u8.ToArray(),
        "12450000\n"u8.ToArray(), "1234567"u8.ToArray(), "-5\n"u8.ToArray(), "100000000\r\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        bool read = KernelText.TryParseCounter(input, out long value);
        FuzzFailure.Unless(value >= 0, "a counter is never negative");
        // Another way to the same number: digits and a newline, nothing else, within 63 bits.
        UInt128 expected = 0;
        bool number = input.Length is >= 2 and <= 20 && input[^1] == (byte)'\n';
        for (int i = 0; number && i < input.Length - 1; i++)
        {
            number = input[i] is >= (byte)'0' and <= (byte)'9';
            expected = (expected * 10) + (UInt128)(input[i] & 0xF);
        }

        number = number && expected <= long.MaxValue;
        FuzzFailure.Unless(read == number && value == (number ? (long)expected : 0), "the number is the one that is written there");
    }
}
