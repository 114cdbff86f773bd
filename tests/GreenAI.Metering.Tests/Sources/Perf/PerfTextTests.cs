using System.Numerics;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class PerfTextTests
{
    [Theory]
    [InlineData("event=0x02", 2)]
    [InlineData("event=0xFF", 255)]
    public void TryParseEvent_AsTheKernelPrintsIt(string text, int config)
    {
        Assert.True(PerfText.TryParseEvent(text, out ulong value));
        Assert.Equal((ulong)config, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("event=")]
    [InlineData("event=0x")]
    [InlineData("event=0x00")]
    [InlineData("event=2")]
    [InlineData("event=0x100")]
    [InlineData("event=0x02,umask=0x01")]
    [InlineData("event=0x-2")]
    [InlineData("umask=0x02")]
    public void TryParseEvent_AnythingElse_IsRefused(string text) => Assert.False(PerfText.TryParseEvent(text, out _));

    [Theory]
    [InlineData("2.3283064365386962890625e-10", 32)]
    [InlineData("1", 0)]
    [InlineData("0.5", 1)]
    public void TryParseScale_PowersOfTwo(string text, int shift)
    {
        Assert.True(PerfText.TryParseScale(text, out int value));
        Assert.Equal(shift, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2,3283064365386962890625e-10")]
    [InlineData("1e-6")]
    [InlineData("2.3e-10")]
    [InlineData("-0.5")]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("1e-300")]
    [InlineData("1e-310")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void TryParseScale_AnythingElse_IsRefused(string text) => Assert.False(PerfText.TryParseScale(text, out _));

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Gen.String.Sample(
        static text =>
        {
            PerfText.TryParseEvent(text, out _);
            PerfText.TryParseEvent("event=0x" + text, out _);
            PerfText.TryParseScale(text, out _);
        },
        threads: 1);

    [Fact]
    public void Microjoules_IsTheFloorOfTheExactEnergy_WhateverTheCount() => Gen.ULong.Sample(
        static count => Assert.Equal(
            (BigInteger)count * 1_000_000 / ((BigInteger)1 << 32),
            new PerfEnergyEvent(PerfEnergyEvent.Package, 2, 32).Microjoules(count)),
        threads: 1);

    [Fact]
    public void Microjoules_SummedOverTwoToThe62Counts_DoNotDrift()
    {
        var energy = new PerfEnergyEvent(PerfEnergyEvent.Package, 2, 32);
        const ulong End = 1UL << 62;
        const ulong Step = (End / 9_973) + 12_345; // Odd steps: each leaves a remainder.
        long sum = 0;
        ulong previous = 0;
        while (previous < End)
        {
            ulong next = Math.Min(End, previous + Step);
            sum += energy.Microjoules(next) - energy.Microjoules(previous);
            previous = next;
        }

        Assert.Equal(1_073_741_824_000_000, sum);
        Assert.Equal(1_000_000, energy.Microjoules(4_294_967_296));
    }

    [Fact]
    public void Microjoules_BeyondSixtyThreeBits_IsRefused() =>
        Assert.Equal(-1, new PerfEnergyEvent(PerfEnergyEvent.Package, 2, 0).Microjoules(ulong.MaxValue));

    [Theory]
    [InlineData("0,18\n", new[] { 0, 18 })]
    [InlineData("0-1\n", new[] { 0, 1 })]
    [InlineData("3\n", new[] { 3 })]
    [InlineData("0-2,8,10-11", new[] { 0, 1, 2, 8, 10, 11 })]
    public void TryParseList_NamesTheProcessors(string text, int[] processors)
    {
        var list = new int[8];
        Assert.True(ProcessorText.TryParseList(System.Text.Encoding.ASCII.GetBytes(text), list, out int count));
        Assert.Equal(processors, list[..count]);
    }

    [Fact]
    public void TryParseList_MoreThanThereIsRoomFor_CountsThemAndWritesNoFurther()
    {
        var list = new int[3];
        Assert.True(ProcessorText.TryParseList("1,5-60000"u8, list, out int count));
        Assert.Equal(59_997, count);
        Assert.Equal([1, 5, 6], list);
    }
}
