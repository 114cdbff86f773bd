using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class ProcessorTextTests
{
    // Pieces of the texts themselves, so that the fuzzer gets past the first check.
    private static readonly Gen<string> _hostile = Gen.OneOf(
        Gen.String,
        Gen.OneOfConst("cpu ", "cpu0 ", "max", "usage_usec ", "0::/", "..", "-", ",", " ", "\n", "\r", "\0", "0", "7", "100000",
            "9223372036854775807", "18446744073709551616", "99999999999999999999999", "é").Array[0, 12].Select(string.Concat));

    [Theory]
    [InlineData("cpu  11051 20 3705 244572 1425 1 60 649 5 6\n", 11051 + 20 + 3705 + 1 + 60)]
    [InlineData("cpu 1 2 3 4 5 6 7\n", 1 + 2 + 3 + 6 + 7)]
    [InlineData("cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n", 0)]
    public void TryParseBusyTicks_OfTheKernel_SumsAllButIdleWaitAndSteal(string text, long ticks)
    {
        Assert.True(ProcessorText.TryParseBusyTicks(Encoding.UTF8.GetBytes(text), out long parsed));
        Assert.Equal(ticks, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("cpu  1 2 3 4 5 6 7")]
    [InlineData("cpu  1 2 3 4 5 6\n")]
    [InlineData("cpu0 1 2 3 4 5 6 7\n")]
    [InlineData("cpu  -1 2 3 4 5 6 7\n")]
    [InlineData("cpu  1,0 2 3 4 5 6 7\n")]
    [InlineData("cpu  1 2 3 4 5 6 7\r\n")]
    [InlineData("cpu  99999999999999999999 2 3 4 5 6 7\n")]
    [InlineData("cpu  99999999999999999 2 3 4 5 6 7\n")]
    public void TryParseBusyTicks_Hostile_Refuses(string text) =>
        Assert.False(ProcessorText.TryParseBusyTicks(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("0\n", 1)]
    [InlineData("0-3\n", 4)]
    [InlineData("0-3,8\n", 5)]
    [InlineData("0,2,4-5,7-7", 5)]
    public void TryParseListCount_OfTheKernel_Counts(string text, int count)
    {
        Assert.True(ProcessorText.TryParseListCount(Encoding.UTF8.GetBytes(text), out int parsed));
        Assert.Equal(count, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(",")]
    [InlineData("0,")]
    [InlineData("-3")]
    [InlineData("3-")]
    [InlineData("3-1")]
    [InlineData("0-3,2")]
    [InlineData("1,1")]
    [InlineData("0-99999999999")]
    [InlineData("0-3\n\n")]
    [InlineData("0x0-0x3")]
    public void TryParseListCount_Hostile_Refuses(string text) =>
        Assert.False(ProcessorText.TryParseListCount(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("max 100000\n", double.PositiveInfinity)]
    [InlineData("150000 100000\n", 1.5)]
    [InlineData("1000 1000000\n", 0.001)]
    public void TryParseQuota_OfTheKernel_IsAFraction(string text, double processors)
    {
        Assert.True(ProcessorText.TryParseQuota(Encoding.UTF8.GetBytes(text), out double parsed));
        Assert.Equal(processors, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("max")]
    [InlineData("max \n")]
    [InlineData("0 100000\n")]
    [InlineData("100000 0\n")]
    [InlineData("-1 100000\n")]
    [InlineData("1e5 100000\n")]
    [InlineData("1 2 3\n")]
    public void TryParseQuota_Hostile_Refuses(string text) =>
        Assert.False(ProcessorText.TryParseQuota(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryFindValue_MissingOrDamaged_Refuses()
    {
        Assert.True(ProcessorText.TryFindValue("a 1\nusage_usec 42\n"u8, "usage_usec"u8, out long value));
        Assert.Equal(42, value);
        Assert.False(ProcessorText.TryFindValue("usage_usec 4"u8, "usage_usec"u8, out _));
        Assert.False(ProcessorText.TryFindValue("usage_usec_x 4\n"u8, "usage_usec"u8, out _));
        Assert.False(ProcessorText.TryFindValue("usage_usec -4\n"u8, "usage_usec"u8, out _));
    }

    [Fact]
    public void Parsers_AnyText_NeverThrowAndStayInBounds() => _hostile.Sample(text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ProcessorText.TryParseBusyTicks(bytes, out long ticks);
        ProcessorText.TryParseListCount(bytes, out int count);
        bool limited = ProcessorText.TryParseQuota(bytes, out double processors);
        ProcessorText.TryFindValue(bytes, "usage_usec"u8, out long usage);
        return ticks >= 0 && usage >= 0 && count is >= 0 and <= ProcessorText.MaxProcessors && (!limited || processors > 0)
            && ProcessorText.CountProcessorLines(bytes) is >= 0 and <= ProcessorText.MaxProcessors;
    });

    [Fact]
    public void Find_AnyMembershipText_NeverThrows()
    {
        using var tree = new SensorTree();
        _hostile.Sample(
            text =>
            {
                tree.WriteProc("self/cgroup", text);
                return ControlGroup.Find(tree.Context, out string reason) is null && reason.Length > 0;
            },
            iter: 200, threads: 1);
    }
}
