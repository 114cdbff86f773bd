using System.Globalization;
using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class KernelTextTests
{
    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("262143328850\n", 262_143_328_850)]
    [InlineData("0000000000000000005\n", 5)]
    [InlineData("9223372036854775807\n", long.MaxValue)]
    public void TryParseCounter_KernelText_GivesTheNumber(string text, long expected)
    {
        Assert.True(KernelText.TryParseCounter(Encoding.Latin1.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("abc\n")]
    [InlineData("-1\n")]
    [InlineData("1e9\n")]
    [InlineData("+5\n")]
    [InlineData(" 5\n")]
    [InlineData("5 \n")]
    [InlineData("1,000\n")]
    [InlineData("0x10\n")]
    [InlineData("9223372036854775808\n")]
    [InlineData("18446744073709551615\n")]
    [InlineData("100000000000000000000\n")]
    [InlineData("123")]
    [InlineData("123\r\n")]
    [InlineData("123\n\n")]
    [InlineData("12\n850\n")]
    [InlineData("\0")]
    [InlineData("123\0")]
    [InlineData("12\03\n")]
    [InlineData("\u0661\n")]
    public void C17_HostileText_IsRefused(string text)
    {
        Assert.False(KernelText.TryParseCounter(Encoding.UTF8.GetBytes(text), out long value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void TryParseCounter_AnyBytes_NeverThrowsAndNeverGivesANegative() =>
        Gen.Byte.Array[0, 40].Sample(static bytes =>
        {
            bool parsed = KernelText.TryParseCounter(bytes, out long value);
            return value >= 0 && (parsed || value == 0);
        });

    [Fact]
    public void TryParseCounter_AnyDigitsCutAnywhere_ValueOnlyWithTheNewline() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, 20]).Sample(static (number, length) =>
        {
            byte[] whole = Print(number);
            return length >= whole.Length || !KernelText.TryParseCounter(whole.AsSpan(0, length), out _);
        });

    [Fact]
    public void TryParseCounter_AnyNumber_RoundTrips() =>
        Gen.Long[0, long.MaxValue].Sample(static number =>
            KernelText.TryParseCounter(Print(number), out long value) && value == number);

    private static byte[] Print(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\n");
}
