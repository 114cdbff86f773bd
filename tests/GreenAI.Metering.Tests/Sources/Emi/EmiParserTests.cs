using System.Numerics;
using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class EmiParserTests
{
    [Fact]
    public void Parse_SecondVersion_UnalignedChannelsInOrder()
    {
        // An odd number of characters leaves what follows on no boundary of four.
        byte[] metadata = EmiBytes.SecondVersion("RAPL_Package0_PKG", "RAPL_Package0_PP0", "AB", "RAPL_Package0_DRAM");
        Assert.Null(EmiMetadata.Parse(metadata, 2, out IReadOnlyList<EmiChannel> channels));
        Assert.Equal(
            [new(0, 0, "RAPL_Package0_PKG"), new(1, 0, "RAPL_Package0_PP0"), new(2, 0, "AB"), new(3, 0, "RAPL_Package0_DRAM")],
            channels);
    }

    [Fact]
    public void Parse_FirstVersion_IsOneChannel()
    {
        Assert.Null(EmiMetadata.Parse(EmiBytes.FirstVersion("RAPL_Package3_PKG"), 1, out IReadOnlyList<EmiChannel> channels));
        Assert.Equal([new EmiChannel(0, 0, "RAPL_Package3_PKG")], channels);
    }

    [Theory]
    [InlineData(0, "its version is neither 1 nor 2")]
    [InlineData(3, "its version is neither 1 nor 2")]
    public void Parse_UnknownVersion_IsRefused(int version, string why) =>
        Assert.Equal(why, EmiMetadata.Parse(EmiBytes.SecondVersion("A"), version, out _));

    [Fact]
    public void Parse_CutAnywhere_IsRefusedWithASentence()
    {
        byte[] second = EmiBytes.SecondVersion("RAPL_Package0_PKG", "RAPL_Package0_DRAM");
        byte[] first = EmiBytes.FirstVersion("RAPL_Package0_PKG");
        for (int length = 0; length < second.Length; length++)
            Assert.StartsWith("its metadata ", EmiMetadata.Parse(second.AsSpan(0, length), 2, out _), StringComparison.Ordinal);
        for (int length = 0; length < first.Length; length++)
            Assert.StartsWith("its metadata ", EmiMetadata.Parse(first.AsSpan(0, length), 1, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MoreChannelsThanBytes_IsRefusedBeforeRoomIsMade()
    {
        byte[] metadata = EmiBytes.SecondVersion("A");
        metadata[66] = metadata[67] = 0xFF;
        EmiMetadata.Parse(metadata, 2, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? refusal = EmiMetadata.Parse(metadata, 2, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        Assert.Equal("its metadata is too short for its channels", refusal);
    }

    [Fact]
    public void Parse_TooLong_IsRefused() =>
        Assert.Equal("its metadata is too long", EmiMetadata.Parse(new byte[EmiMetadata.MaxLength + 1], 2, out _));

    [Fact]
    public void Parse_AnyBytes_ChannelsOrARefusal_WithinBounds()
    {
        byte[] seed = EmiBytes.SecondVersion("RAPL_Package0_PKG", "RAPL_Package0_DRAM", "RAPL_Package0_Core3_CORE");
        Gen<byte[]> damaged = Gen.Select(Gen.Int[0, seed.Length], Gen.Byte.Array[0, 24], Gen.Int[0, seed.Length]).Select(
            (cut, noise, at) =>
            {
                byte[] bytes = [.. seed.AsSpan(0, cut), .. noise];
                if (bytes.Length > 0) bytes[at % bytes.Length] ^= 0xFF;
                return bytes;
            });
        Gen.Select(Gen.OneOf(damaged, Gen.Byte.Array[0, 400]), Gen.Int[0, 3]).Sample(
            static (bytes, version) =>
            {
                string? refusal = EmiMetadata.Parse(bytes, version, out IReadOnlyList<EmiChannel> channels);
                Assert.True(refusal is null || channels.Count == 0);
                Assert.True(channels.Count <= Math.Max(1, (bytes.Length - 68) / 6));
                foreach (EmiChannel channel in channels)
                {
                    Assert.True(channel.Name.Length <= 128);
                    Assert.DoesNotContain(channel.Name, char.IsControl);
                    _ = channel.Covers;
                }
            },
            iter: 5000, threads: 1);
    }

    [Theory]
    [InlineData("RAPL_Package0_PKG", 0, EnergyDomain.CpuPackage)]
    [InlineData("RAPL_Package1_DRAM", 1, EnergyDomain.Dram)]
    [InlineData("RAPL_Package12_PKG", 12, EnergyDomain.CpuPackage)]
    [InlineData("rapl_package0_pkg", 0, EnergyDomain.CpuPackage)]
    public void Covers_PackagesAndMemory(string name, int package, EnergyDomain domain) =>
        Assert.Equal((package, domain), new EmiChannel(0, 0, name).Covers);

    [Theory]
    [InlineData("RAPL_Package0_PP0")]
    [InlineData("RAPL_Package0_PP1")]
    [InlineData("RAPL_Package0_Core3_CORE")]
    [InlineData("RAPL_Package_PKG")]
    [InlineData("RAPL_Package0PKG")]
    [InlineData("RAPL_Package-1_PKG")]
    [InlineData("RAPL_Package 1_PKG")]
    [InlineData("RAPL_Package99999_PKG")]
    [InlineData("RAPL_Package0_PKG2")]
    [InlineData("_Total")]
    [InlineData("PKG")]
    [InlineData("")]
    public void Covers_AnythingElse_IsNothing(string name) => Assert.Null(new EmiChannel(0, 0, name).Covers);

    [Fact]
    public void Covers_AnotherUnit_IsNothing() => Assert.Null(new EmiChannel(0, 1, "RAPL_Package0_PKG").Covers);

    [Fact]
    public void TryRead_TakesTheChannelsOwnSixteenBytes()
    {
        byte[] bytes = EmiBytes.Measurement((1, 2), (ulong.MaxValue, 4), (5, 6));
        Assert.True(EmiMeasurement.TryRead(bytes, 1, out EmiMeasurement measurement));
        Assert.Equal(new EmiMeasurement(ulong.MaxValue, 4), measurement);
        Assert.False(EmiMeasurement.TryRead(bytes.AsSpan(0, 47), 2, out _));
        Assert.False(EmiMeasurement.TryRead(bytes, 3, out _));
        Assert.False(EmiMeasurement.TryRead(bytes, -1, out _));
        Assert.False(EmiMeasurement.TryRead([], 0, out _));
    }

    [Fact]
    public void Microjoules_IsTheFloorOfTheExactEnergy() => Gen.ULong.Sample(
        static counter => Assert.Equal((BigInteger)counter * 9 / 2500, new EmiMeasurement(counter, 0).Microjoules), threads: 1);

    [Theory]
    [InlineData(1_000_000_000UL, 3_600_000)]
    [InlineData(277, 0)]
    [InlineData(278, 1)]
    [InlineData(ulong.MaxValue, 66_408_278_665_354_385)]
    public void Microjoules_KnownValues(ulong counter, long microjoules) =>
        Assert.Equal(microjoules, new EmiMeasurement(counter, 0).Microjoules);

    [Fact]
    public void Microjoules_OddSteps_DoNotDrift()
    {
        long sum = 0;
        ulong counter = 0;
        for (int i = 0; i < 10_000; i++)
        {
            ulong next = counter + 1_234_567;
            sum += new EmiMeasurement(next, 0).Microjoules - new EmiMeasurement(counter, 0).Microjoules;
            counter = next;
        }

        Assert.Equal(44_444_412, sum); // 12,345,670,000 pWh × 0.0036 µJ.
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\0", new string[0])]
    [InlineData("\0\0", new string[0])]
    [InlineData("a\0", new[] { "a" })]
    [InlineData("a\0\\\\?\\b#c\0\0", new[] { "a", @"\\?\b#c" })]
    [InlineData("a\0\0b\0\0", new[] { "a" })]
    [InlineData("a\0unended", new[] { "a" })]
    public void Split_PathsUpToTheEmptyOne(string list, string[] paths) => Assert.Equal(paths, EmiPaths.Split(list));

    [Fact]
    public void Split_AnyText_StaysInBounds() =>
        Gen.String.Sample(static text => Assert.True(EmiPaths.Split(text).Count <= 64), threads: 1);

    [Fact]
    public void Split_VeryManyPaths_AreCutOff() =>
        Assert.Equal(64, EmiPaths.Split(new StringBuilder().Insert(0, "p\0", 10_000).ToString()).Count);
}
